package io.keylesspull.text;

import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * The number by which people find an error again: in {@code assets/errors.md}, in a search, in a colleague's mail. It
 * is the same in each language and each version; {@code error-codes.properties} says which number stands for which
 * messages.
 *
 * @param number such as 5042; its first digit is the room whose messages describe the error
 */
public record ErrorCode(int number) {

    private static final String REMEDY = ".remedy";
    private static final Map<String, ErrorCode> BY_NAME = read();

    private static Map<String, ErrorCode> read() {
        ResourceBundle codes = ResourceBundle.getBundle("io.keylesspull.text.error-codes", Locale.ROOT);
        Map<String, ErrorCode> byName = new HashMap<>();
        for (Enumeration<String> numbers = codes.getKeys(); numbers.hasMoreElements(); ) {
            String number = numbers.nextElement();
            byName.put(codes.getString(number), new ErrorCode(Integer.parseInt(number)));
        }
        return Map.copyOf(byName);
    }

    /**
     * @param remedy of the error; one that only adds to another remedy has that one among its arguments
     * @return empty if the remedy is one of an earlier version
     */
    public static Optional<ErrorCode> of(Text remedy) {
        String key = remedy.key();
        Optional<ErrorCode> own = key.endsWith(REMEDY)
                ? Optional.ofNullable(BY_NAME.get(key.substring(0, key.length() - REMEDY.length())))
                : Optional.empty();
        return own.or(() -> remedy.arguments().stream()
                .filter(Text.class::isInstance)
                .map(Text.class::cast)
                .flatMap(nested -> of(nested).stream())
                .findFirst());
    }

    /** As it is shown and searched for, such as {@code KP-5042}. */
    @Override
    public String toString() {
        return "KP-" + number;
    }
}
