package io.keylesspull.ui.log;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something in a line that can be opened or copied.
 *
 * @param start where it begins in the line's text
 * @param end where it ends
 */
record LogLink(Kind kind, String text, int start, int end) {

    enum Kind {
        /** The address of a page. */
        PAGE,
        DIGEST,
        /** Of a file, as a rule on a machine, or of a resource. */
        PATH
    }

    /** The end of a sentence is no part of an address in it. */
    private static final String TRAILING = ".,;:!?)]}'\"";

    /** In the order of {@link Kind}. A path has two parts at least. */
    private static final Pattern LINK = Pattern.compile("(https://[^\\s<>\"'`|\\\\^{}\\x{27e8}\\x{27e9}]+)"
            + "|(sha256:[0-9a-f]{64})(?![0-9a-f])"
            + "|(?<![\\w/.:~-])((?:/[\\w.+@%~=-]+){2,}|[A-Z]:(?:\\\\[\\w.+@%~=-]+)+)");

    /** Those in a line, from left to right. */
    static List<LogLink> in(String text) {
        List<LogLink> links = new ArrayList<>();
        Matcher matcher = LINK.matcher(text);
        while (matcher.find()) {
            Kind kind = matcher.group(1) != null ? Kind.PAGE : matcher.group(2) != null ? Kind.DIGEST : Kind.PATH;
            int end = matcher.end();
            while (end > matcher.start() && kind != Kind.DIGEST && TRAILING.indexOf(text.charAt(end - 1)) >= 0) {
                end--;
            }
            links.add(new LogLink(kind, text.substring(matcher.start(), end), matcher.start(), end));
        }
        return links;
    }
}
