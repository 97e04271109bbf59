package io.keylesspull.text;

import java.util.Arrays;

/** "Select graphic rendition" of ECMA-48, with xterm's bright, 256 and true colours. */
final class Sgr {

    private static final int LONGEST_CODE = 4;

    private Sgr() {}

    /** @param parameters between {@code ESC [} and {@code m} */
    static int apply(int style, CharSequence parameters) {
        int[] codes = codes(parameters);
        int next = style;
        for (int i = 0; i < codes.length; i++) {
            int code = codes[i];
            if (code == 38 || code == 48) {
                int length = extended(codes, i);
                if (code == 38) {
                    next = Style.withColour(next, extendedColour(codes, i));
                }
                i += length;
            } else {
                next = simple(next, code);
            }
        }
        return next;
    }

    private static int simple(int style, int code) {
        if (code >= 30 && code <= 37) {
            return Style.withColour(style, code - 29);
        }
        if (code >= 90 && code <= 97) {
            return Style.withColour(style, code - 81);
        }
        return switch (code) {
            case 0 -> Style.PLAIN;
            case 1 -> style | Style.BOLD;
            case 2 -> style | Style.DIM;
            case 4 -> style | Style.UNDERLINE;
            case 22 -> style & ~(Style.BOLD | Style.DIM);
            case 24 -> style & ~Style.UNDERLINE;
            case 39 -> Style.withColour(style, 0);
            default -> style;
        };
    }

    /** How many of the codes after 38 or 48 belong to it. */
    private static int extended(int[] codes, int at) {
        int kind = at + 1 < codes.length ? codes[at + 1] : 0;
        return switch (kind) {
            case 5 -> 2;
            case 2 -> 4;
            default -> 1;
        };
    }

    private static int extendedColour(int[] codes, int at) {
        int[] padded = Arrays.copyOfRange(codes, at + 1, at + 5);
        return switch (padded[0]) {
            case 5 -> Style.ofIndexed(padded[1]);
            case 2 -> Style.ofRgb(padded[1], padded[2], padded[3]);
            default -> 0;
        };
    }

    private static int[] codes(CharSequence parameters) {
        // The colon form of a true colour has an empty place for the colour space; dropping it leaves the usual order.
        String plain = parameters.toString();
        if (plain.indexOf(':') >= 0) {
            plain = plain.replace("38:2::", "38;2;").replace("48:2::", "48;2;").replace(':', ';');
        }
        int separators = 0;
        for (int i = 0; i < plain.length(); i++) {
            separators += plain.charAt(i) == ';' ? 1 : 0;
        }
        int[] codes = new int[1 + separators];
        int from = 0;
        for (int i = 0; i < codes.length; i++) {
            int to = i == codes.length - 1 ? plain.length() : plain.indexOf(';', from);
            codes[i] = number(plain, from, to);
            from = to + 1;
        }
        return codes;
    }

    /** Not a number means a private sequence: a code that does nothing. */
    private static int number(String codes, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = codes.charAt(i);
            if (c < '0' || c > '9' || to - from > LONGEST_CODE) {
                return -1;
            }
            number = 10 * number + c - '0';
        }
        return number;
    }
}
