package io.keylesspull.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A terminal that would obey anything, to see whether there is anything to obey: what it is given must be printable
 * characters and line ends. Knows nothing of how the program cleans its texts.
 */
public final class ObedientTerminal {

    /** By Unicode's own properties: control, format, surrogate, line and paragraph separators. */
    private static final Pattern OBEYED = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private ObedientTerminal() {}

    /**
     * @param lineEnd what the program itself ends its lines with
     * @return the rows that stand on the screen, each as it was written
     * @throws AssertionError if the text makes it do anything else
     */
    public static List<String> rows(String written, String lineEnd) {
        List<String> rows = new ArrayList<>();
        int at = 0;
        for (int end = written.indexOf(lineEnd); end >= 0; end = written.indexOf(lineEnd, at)) {
            rows.add(row(written.substring(at, end)));
            at = end + lineEnd.length();
        }
        if (at < written.length()) {
            throw new AssertionError("a line without end: " + escaped(written.substring(at)));
        }
        return rows;
    }

    /** @return the row @throws AssertionError where a terminal would not simply show it */
    public static String row(String text) {
        if (OBEYED.matcher(text).find()) {
            throw new AssertionError("a terminal would obey or hide part of: " + escaped(text));
        }
        return text;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(c ->
                        escaped.append(c > 0x20 && c < 0x7f ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return escaped.toString();
    }
}
