package io.keylesspull.ui.log;

/** Characters that would change how others read are shown by name instead (Unicode TR 36). */
final class Visible {

    private Visible() {
    }

    /** Whether the character is invisible and could make a line read as what it is not. */
    static boolean deceives(int c) {
        return c == 0x061c || c == 0x200b || c == 0x200e || c == 0x200f || c >= 0x2028 && c <= 0x202e
                || c >= 0x2060 && c <= 0x206f || c == 0xfeff || c >= 0xfff9 && c <= 0xfffb
                || c >= 0xe0000 && c <= 0xe007f;
    }

    static String name(int codePoint) {
        return String.format("\u27e8U+%04X\u27e9", codePoint);
    }

    /** A text of one line that is fit to show: control characters taken out, deceiving ones by name. */
    static String of(String text) {
        StringBuilder shown = null;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean control = c < 0x20 || c >= 0x7f && c < 0xa0;
            boolean half = c >= 0xd800 && c < 0xe000;
            if (control || half || deceives(c)) {
                shown = shown == null ? new StringBuilder(text.substring(0, i)) : shown;
                shown.append(control ? " " : half ? "\ufffd" : name(c));
            } else if (shown != null) {
                shown.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return shown == null ? text : shown.toString();
    }
}
