package io.keylesspull.app;

import java.util.regex.Pattern;

/** Makes a line that came from elsewhere fit to print: no colours, no cursor movement, nothing hidden. */
final class PlainText {

    /** Escape sequences: CSI (ECMA-48), OSC up to its end, and the short ones. */
    private static final Pattern ESCAPES = Pattern.compile(
            "\u001B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)|[ -/]*[0-~])");

    private PlainText() {
    }

    /** @param line without its line feed; of what carriage returns overwrote, only the last state stays */
    static String of(String line) {
        String plain = ESCAPES.matcher(line).replaceAll("");
        while (plain.endsWith("\r")) {
            plain = plain.substring(0, plain.length() - 1);
        }
        plain = plain.substring(plain.lastIndexOf('\r') + 1);
        StringBuilder visible = new StringBuilder();
        plain.codePoints().forEach(c -> append(visible, c));
        return visible.toString();
    }

    private static void append(StringBuilder visible, int c) {
        if (c == '\t') {
            visible.append("    ");
        } else if (c < 0x20) {
            // The Unicode block of control pictures is in the order of the control characters.
            visible.appendCodePoint(0x2400 + c);
        } else if (c == 0x7F) {
            visible.append('\u2421');
        } else if (c < 0xA0 && c > 0x7F || Character.getType(c) == Character.FORMAT && c != 0x200D || c == 0x2028
                || c == 0x2029) {
            visible.append(String.format("\\u%04x", c));
        } else {
            visible.appendCodePoint(c);
        }
    }
}
