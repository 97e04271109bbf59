package io.keylesspull.setup.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.setup.request.SetupFile.Read;
import io.keylesspull.setup.request.SetupFile.Reading;
import io.keylesspull.setup.request.SetupFile.Refused;
import io.keylesspull.text.HostileText;
import io.keylesspull.text.ObedientTerminal;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a setup file holds, it is read as a request or refused with the reason. */
class SetupFileFuzzTest {

    private static final String EXAMPLE = asset("example-setup.json");
    /** A string, a number or a word of JSON, or one of its marks. */
    private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|[0-9]+|true|false|[\\[\\]{}:,]");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1e999999",
            "0.1",
            "\"\"",
            "{}",
            "[]",
            "[[[[",
            "\"\\u0000\"",
            "\"\\ud83d\"",
            "\"a\\nb\"",
            "\"*\"",
            "{\"version\":1}",
            "123456789012345678901",
            "'x'",
            "NaN",
            "\"$(reboot)\"",
            "\"\\u202e\"",
            "//",
            "\ufeff",
            "\u0000",
            "");

    private static String asset(String name) {
        try (InputStream in = SetupFileFuzzTest.class.getResourceAsStream("/io/keylesspull/assets/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Provide
    Arbitrary<String> damagedExamples() {
        Arbitrary<String> replacement = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(VALUES)),
                Tuple.of(2, HostileText.texts().map(text -> "\"" + text.replace("\"", "\\\"") + "\"")),
                Tuple.of(1, HostileText.texts()));
        Arbitrary<Integer> place = Arbitraries.integers().between(0, 200);
        Arbitrary<String> replaced = Combinators.combine(place, replacement)
                .as(SetupFileFuzzTest::replaced)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(all -> all.get(0));
        Arbitrary<String> cut =
                Arbitraries.integers().between(0, EXAMPLE.length()).map(n -> EXAMPLE.substring(0, n));
        Arbitrary<String> doubled = Arbitraries.integers()
                .between(0, EXAMPLE.length())
                .map(n -> EXAMPLE.substring(0, n) + EXAMPLE.substring(n / 2));
        return Arbitraries.frequencyOf(
                Tuple.of(6, replaced), Tuple.of(1, cut), Tuple.of(1, doubled), Tuple.of(1, HostileText.texts()));
    }

    private static String replaced(int place, String with) {
        Matcher token = TOKEN.matcher(EXAMPLE);
        int last = 0;
        while (token.find() && last < place) {
            last++;
        }
        return last < place
                ? EXAMPLE + with
                : EXAMPLE.substring(0, token.start()) + with + EXAMPLE.substring(token.end());
    }

    @Property(tries = 500, seed = "4751")
    void aDamagedFileIsReadAsARequestOrItsViolationsAreReported(
            @ForAll("damagedExamples") String json, @ForAll boolean practice) {
        Reading reading = SetupFile.read(json, practice);
        if (reading instanceof Read read) {
            assertThat(SetupRules.check(read.request(), practice)).isEmpty();
            assertThat(SetupFile.read(SetupFile.write(read.request()), practice))
                    .isEqualTo(reading);
        } else {
            List<Violation> violations = ((Refused) reading).violations();
            assertThat(violations).isNotEmpty().allSatisfy(violation -> {
                for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
                    assertThat(ObedientTerminal.row(new Texts(locale).render(violation.rule())))
                            .isNotBlank();
                }
            });
        }
    }

    @Property(tries = 300, seed = "4752")
    void anyBytesInAFileAreReadOrReported(@ForAll("bytes") byte[] bytes) throws IOException {
        Path file = Files.createTempFile("setup", ".json");
        try {
            Files.write(file, bytes);
            assertThat(SetupFile.read(file, true)).isInstanceOf(Refused.class);
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return HostileText.bytes();
    }

    @Test
    @Timeout(20)
    void deepLongAndEndlessFilesAreRefusedInBoundedTimeAndMemory(@TempDir Path folder) throws IOException {
        for (String json : List.of(
                "[".repeat(900_000),
                "{\"a\":".repeat(150_000),
                "{\"image\": \"" + "x".repeat(900_000),
                "{\"version\": " + "9".repeat(900_000) + "}",
                "{\"machines\": [" + "{},".repeat(300_000) + "{}]}")) {
            assertThat(SetupFile.read(Files.writeString(folder.resolve("deep.json"), json), true))
                    .isInstanceOf(Refused.class);
        }
        Path endless = Path.of("/dev/zero");
        Path large =
                Files.exists(endless) ? endless : Files.write(folder.resolve("large.json"), new byte[2 * 1024 * 1024]);
        assertThat(((Refused) SetupFile.read(large, true)).violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.rule().key()).isEqualTo("setup.file.large"));
    }
}
