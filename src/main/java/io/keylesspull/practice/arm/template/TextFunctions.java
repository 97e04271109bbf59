package io.keylesspull.practice.arm.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.keylesspull.practice.arm.protocol.Json;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The functions about strings. Source: learn.microsoft.com/azure/azure-resource-manager/templates/
 * template-functions-string.
 */
final class TextFunctions {

    /** That of names that {@code guid} makes, by the documentation of Bicep's function. */
    private static final UUID GUIDS = UUID.fromString("11fb06fb-712d-4ddd-98c7-e71bbd588830");

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int UNIQUE_LENGTH = 13;
    private static final Pattern PLACE = Pattern.compile("\\{\\{|}}|\\{(\\d+)(?::[dD](\\d+))?}");

    private static final Map<String, Function<Arguments, JsonNode>> ALL = Map.ofEntries(
            Map.entry("base64", with -> text(encoded(with.text(0)))),
            Map.entry("base64tostring", with -> text(decoded(with))),
            Map.entry("endswith", with -> truth(lower(with, 0).endsWith(lower(with, 1)))),
            Map.entry("format", with -> text(format(with))),
            Map.entry("guid", with -> text(guid(joined(with)))),
            Map.entry("indexof", with -> LongNode.valueOf(lower(with, 0).indexOf(lower(with, 1)))),
            Map.entry("padleft", with -> text(padded(with))),
            Map.entry("replace", with -> text(with.text(0).replace(with.text(1), with.text(2)))),
            Map.entry("split", TextFunctions::split),
            Map.entry("startswith", with -> truth(lower(with, 0).startsWith(lower(with, 1)))),
            Map.entry("substring", with -> text(substring(with))),
            Map.entry("tolower", with -> text(with.text(0).toLowerCase(Locale.ROOT))),
            Map.entry("toupper", with -> text(with.text(0).toUpperCase(Locale.ROOT))),
            Map.entry("trim", with -> text(with.text(0).strip())),
            Map.entry("uniquestring", with -> text(unique(joined(with)))));

    private TextFunctions() {}

    /** @param name in lower case */
    static Optional<Function<Arguments, JsonNode>> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static String joined(Arguments with) {
        return with.texts(0).collect(Collectors.joining("-"));
    }

    /** A name-based UUID of version 5 (RFC 4122), as Azure makes it. */
    private static String guid(String name) {
        byte[] seed = name.getBytes(StandardCharsets.UTF_8);
        byte[] hash = digest(
                "SHA-1",
                ByteBuffer.allocate(Long.BYTES * 2 + seed.length)
                        .putLong(GUIDS.getMostSignificantBits())
                        .putLong(GUIDS.getLeastSignificantBits())
                        .put(seed)
                        .array());
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        long high = bytes.getLong() & ~0xF000L | 0x5000L;
        long low = bytes.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /** As long as Azure's, of the same letters, always the same for the same input; but not the same as Azure's. */
    private static String unique(String seed) {
        BigInteger hash = new BigInteger(1, digest("SHA-256", seed.getBytes(StandardCharsets.UTF_8)));
        StringBuilder made = new StringBuilder();
        for (int i = 0; i < UNIQUE_LENGTH; i++) {
            BigInteger[] parts = hash.divideAndRemainder(BigInteger.valueOf(ALPHABET.length()));
            made.append(ALPHABET.charAt(parts[1].intValue()));
            hash = parts[0];
        }
        return made.toString();
    }

    private static byte[] digest(String algorithm, byte[] of) {
        try {
            return MessageDigest.getInstance(algorithm).digest(of);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** With numbers in places such as {@code {0}}, and {@code {0:D3}} for leading zeros. */
    private static String format(Arguments with) {
        Matcher place = PLACE.matcher(with.text(0));
        StringBuilder made = new StringBuilder();
        while (place.find()) {
            String index = place.group(1);
            String value = index == null
                    ? place.group().substring(1)
                    : padded(with.text(1 + Integer.parseInt(index)), place.group(2));
            place.appendReplacement(made, Matcher.quoteReplacement(value));
        }
        return place.appendTail(made).toString();
    }

    private static String padded(String value, @Nullable String digits) {
        return digits == null ? value : "0".repeat(Math.max(0, Integer.parseInt(digits) - value.length())) + value;
    }

    private static String padded(Arguments with) {
        String filler = with.size() > 2 ? with.text(2) : " ";
        return filler.repeat((int) Math.max(0, with.number(1) - with.text(0).length())) + with.text(0);
    }

    private static JsonNode split(Arguments with) {
        String marks = with.get(1).isArray()
                ? Json.items(with.get(1))
                        .map(mark -> Pattern.quote(mark.asText()))
                        .collect(Collectors.joining("|"))
                : Pattern.quote(with.text(1));
        return Json.array(Arrays.stream(with.text(0).split(marks, -1)).map(TextNode::valueOf));
    }

    private static String substring(Arguments with) {
        String whole = with.text(0);
        long from = with.number(1);
        long to = with.size() > 2 ? from + with.number(2) : whole.length();
        if (from < 0 || from > to || to > whole.length()) {
            throw with.invalid("the index and length parameters must refer to a location within the string");
        }
        return whole.substring((int) from, (int) to);
    }

    private static String encoded(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(Arguments with) {
        try {
            return new String(Base64.getDecoder().decode(with.text(0)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw with.invalid("the value is no base64 text");
        }
    }

    private static String lower(Arguments with, int index) {
        return with.text(index).toLowerCase(Locale.ROOT);
    }

    private static JsonNode text(String value) {
        return TextNode.valueOf(value);
    }

    private static JsonNode truth(boolean value) {
        return BooleanNode.valueOf(value);
    }
}
