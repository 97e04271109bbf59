package io.keylesspull.text;

/**
 * Parses terminal output into what a log can show: characters, line ends, returns to the line's start, colours. Every
 * other control character and sequence (ECMA-48, xterm's OSC) is dropped. Chunks may end anywhere, also within a
 * sequence or between the two surrogates of a character.
 */
final class AnsiParser {

    /** Receives what is to be shown. */
    interface Screen {
        void print(int codePoint);

        /** The same for each of these characters, which are all of ASCII and no control characters. */
        void print(char[] text, int from, int to);

        /** The same, and then a line feed. */
        void printLine(char[] text, int from, int to);

        void lineFeed();

        void carriageReturn();

        void backspace();

        void tab();

        /** @param mode 0 from here to the end, 1 from the start to here, 2 all of it */
        void eraseLine(int mode);

        /** "Select graphic rendition". @param parameters between {@code ESC [} and {@code m}; "0" for all plain */
        void rendition(CharSequence parameters);
    }

    private enum State {
        GROUND,
        ESCAPE,
        ESCAPE_INTERMEDIATE,
        CSI,
        STRING,
        STRING_ESCAPE
    }

    /** No real sequence is longer. The limit keeps a broken sequence from hiding the rest of the log. */
    private static final int LONGEST_STRING = 4_096;

    private static final int LONGEST_CSI = 128;
    private static final int REPLACEMENT = 0xFFFD;

    private final Screen screen;
    private final StringBuilder parameters = new StringBuilder();
    private State state = State.GROUND;
    private char pendingHigh;
    private int swallowed;

    AnsiParser(Screen screen) {
        this.screen = screen;
    }

    void feed(String chunk) {
        // Reading an array is faster than reading a string.
        char[] text = chunk.toCharArray();
        int at = 0;
        while (at < text.length) {
            int plain = state == State.GROUND && pendingHigh == 0 ? plain(text, at) : at;
            if (plain > at && plain < text.length && text[plain] == '\n') {
                screen.printLine(text, at, plain);
                at = plain + 1;
            } else if (plain > at) {
                screen.print(text, at, plain);
                at = plain;
            } else {
                feed(text[at]);
                at++;
            }
        }
    }

    /** @return the end of the printable ASCII characters from here */
    private static int plain(char[] text, int from) {
        int at = from;
        while (at < text.length && text[at] >= 0x20 && text[at] < 0x7f) {
            at++;
        }
        return at;
    }

    /** Forgets colours and unfinished sequences, as between two commands. */
    void reset() {
        flushHalf();
        state = State.GROUND;
        screen.rendition("0");
    }

    private void feed(char c) {
        switch (state) {
            case GROUND -> ground(c);
            case ESCAPE -> escape(c);
            case ESCAPE_INTERMEDIATE -> intermediate(c);
            case CSI -> csi(c);
            case STRING -> string(c);
            case STRING_ESCAPE -> {
                state = State.GROUND;
                if (c != '\\') {
                    state = State.ESCAPE;
                    escape(c);
                }
            }
        }
    }

    private void ground(char c) {
        if (pendingHigh != 0 && Character.isLowSurrogate(c)) {
            int codePoint = Character.toCodePoint(pendingHigh, c);
            pendingHigh = 0;
            screen.print(codePoint);
            return;
        }
        flushHalf();
        if (Character.isHighSurrogate(c)) {
            pendingHigh = c;
        } else if (Character.isLowSurrogate(c)) {
            screen.print(REPLACEMENT);
        } else if (c < 0x20 || c >= 0x7f && c < 0xa0) {
            control(c);
        } else {
            screen.print(c);
        }
    }

    private void control(char c) {
        switch (c) {
            case '\n' -> screen.lineFeed();
            case '\r' -> screen.carriageReturn();
            case '\b' -> screen.backspace();
            case '\t' -> screen.tab();
            case 0x1b -> state = State.ESCAPE;
            case 0x9b -> beginCsi();
            case 0x90, 0x98, 0x9d, 0x9e, 0x9f -> beginString();
            default -> {}
        }
    }

    private void escape(char c) {
        if (brokenOff(c)) {
            return;
        }
        switch (c) {
            case '[' -> beginCsi();
            case ']', 'P', 'X', '^', '_' -> beginString();
            default -> state = c >= 0x20 && c < 0x30 ? State.ESCAPE_INTERMEDIATE : State.GROUND;
        }
    }

    private void intermediate(char c) {
        if (!brokenOff(c) && (c < 0x20 || c >= 0x30)) {
            state = State.GROUND;
        }
    }

    private void beginCsi() {
        state = State.CSI;
        parameters.setLength(0);
    }

    private void csi(char c) {
        if (brokenOff(c)) {
            return;
        }
        if (c >= 0x20 && c < 0x40) {
            parameters.append(c);
            if (parameters.length() > LONGEST_CSI) {
                state = State.GROUND;
            }
            return;
        }
        state = State.GROUND;
        if (c == 'm') {
            screen.rendition(parameters);
        } else if (c == 'K') {
            screen.eraseLine(eraseMode());
        } else if (c >= 0x7f) {
            ground(c);
        }
    }

    private int eraseMode() {
        char mode = parameters.length() == 1 ? parameters.charAt(0) : '0';
        return mode == '1' || mode == '2' ? mode - '0' : 0;
    }

    private void beginString() {
        state = State.STRING;
        swallowed = 0;
    }

    private void string(char c) {
        if (c == 0x07 || c == 0x9c) {
            state = State.GROUND;
        } else if (c == 0x1b) {
            state = State.STRING_ESCAPE;
        } else if (!brokenOff(c) && ++swallowed > LONGEST_STRING) {
            state = State.GROUND;
        }
    }

    /** Whether a line end, a new escape or a cancel ends an unfinished sequence. */
    private boolean brokenOff(char c) {
        if (c == '\n' || c == '\r' || c == 0x18 || c == 0x1a || c == 0x1b) {
            state = State.GROUND;
            control(c);
            return true;
        }
        return false;
    }

    private void flushHalf() {
        if (pendingHigh != 0) {
            pendingHigh = 0;
            screen.print(REPLACEMENT);
        }
    }
}
