package io.keylesspull.text;

import java.util.stream.Collectors;

/**
 * Makes text from outside the program safe to show: nothing in the result moves the cursor, starts a line, changes the
 * direction of a line or is invisible (Unicode TR 36). Other texts are returned unchanged.
 */
public final class Visible {

    private static final int CONTROL_PICTURES = 0x2400;
    private static final int PICTURE_OF_DELETE = 0x2421;
    /** In characters. Longer than any path that is likely and any id in Azure. */
    private static final int LONGEST = 1000;

    private Visible() {}

    /**
     * Whether the character cannot be seen: a control or format character, half of a surrogate pair, or one that
     * Unicode shows as nothing. Variation selectors (U+FE00 to U+FE0F) do not count: they change the character before
     * them.
     */
    public static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> isBlank(codePoint);
        };
    }

    /** Characters with the property Default_Ignorable_Code_Point, and the blank Braille pattern. */
    private static boolean isBlank(int c) {
        return c == 0x034f
                || c == 0x115f
                || c == 0x1160
                || c == 0x17b4
                || c == 0x17b5
                || c >= 0x180b && c <= 0x180f
                || c == 0x2065
                || c == 0x2800
                || c == 0x3164
                || c == 0xffa0
                || c >= 0xfff0 && c <= 0xfff8
                || c >= 0xe0000 && c <= 0xe0fff;
    }

    /** A hidden character by name. */
    public static String name(int codePoint) {
        return String.format("\u27e8U+%04X\u27e9", codePoint);
    }

    /** As one line: line ends and tabs become blanks; other hidden characters become a control picture or a name. */
    public static String of(String text) {
        return hides(text) ? text.codePoints().mapToObj(Visible::shown).collect(Collectors.joining()) : text;
    }

    /** As a part of a sentence: as one line, and of a very long text only the beginning and the end. */
    public static String inSentence(String text) {
        if (text.length() <= LONGEST) {
            return of(text);
        }
        int kept = LONGEST / 2;
        return of(text.substring(0, kept)) + "…" + of(text.substring(text.length() - kept));
    }

    /** Like {@link #of}, but line ends stay. */
    public static String ofLines(String text) {
        return hides(text) ? text.lines().map(Visible::of).collect(Collectors.joining("\n")) : text;
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
