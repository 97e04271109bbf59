package io.keylesspull.text;

import java.util.stream.Collectors;

/**
 * Makes texts that came from elsewhere fit to show: nothing in them moves a cursor, begins a line, turns a line round
 * or is there without being seen (Unicode TR 36). Texts that are so already stay as they are.
 */
public final class Visible {

    private static final int CONTROL_PICTURES = 0x2400;
    private static final int PICTURE_OF_DELETE = 0x2421;

    private Visible() {
    }

    /**
     * Whether the character is no character to look at: a control or format character, half of one, or one of those
     * that Unicode shows as nothing. Those that only choose how the character before them looks (U+FE00 to U+FE0F) are
     * none.
     */
    public static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> isBlank(codePoint);
        };
    }

    /** Letters, marks and unassigned ones with the property Default_Ignorable_Code_Point, and the empty Braille one. */
    private static boolean isBlank(int c) {
        return c == 0x034f || c == 0x115f || c == 0x1160 || c == 0x17b4 || c == 0x17b5 || c >= 0x180b && c <= 0x180f
                || c == 0x2065 || c == 0x2800 || c == 0x3164 || c == 0xffa0 || c >= 0xfff0 && c <= 0xfff8
                || c >= 0xe0000 && c <= 0xe0fff;
    }

    /** A hidden character by name. */
    public static String name(int codePoint) {
        return String.format("\u27e8U+%04X\u27e9", codePoint);
    }

    /** As one line: ends of lines and tabs are blanks, other hidden characters are shown by picture or by name. */
    public static String of(String text) {
        return hides(text)
                ? text.codePoints().mapToObj(Visible::shown).collect(Collectors.joining()) : text;
    }

    /** The same for a text whose lines are to stay lines. */
    public static String ofLines(String text) {
        return hides(text)
                ? text.lines().map(Visible::of).collect(Collectors.joining("\n")) : text;
    }

    private static boolean hides(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c > 0x7e) {
                return text.codePoints().anyMatch(Visible::isHidden);
            }
        }
        return false;
    }

    private static String shown(int c) {
        if (!isHidden(c)) {
            return Character.toString(c);
        }
        if (c == '\n' || c == '\r' || c == '\t') {
            return " ";
        }
        if (c < 0x20) {
            // The block of control pictures is in the order of the control characters.
            return Character.toString(CONTROL_PICTURES + c);
        }
        if (c == 0x7f) {
            return Character.toString(PICTURE_OF_DELETE);
        }
        return Character.getType(c) == Character.SURROGATE ? "\ufffd" : name(c);
    }
}
