package io.keylesspull.text;

import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * One stream of terminal output, of any program, as lines that are fit to show. Each line is what a terminal would
 * have left of it: carriage returns, backspaces, tabs and erasures work within the line, nothing reaches another one,
 * and what cannot be seen is shown by name. Lines and memory are bounded. Not thread-safe.
 */
public final class TerminalText {

    /** A longer line is folded: it goes on in the next. In characters. */
    public static final int LONGEST = 8_000;
    private static final int TAB = 8;
    private static final int PLAIN = 0;
    private static final int USUAL = 128;

    /** Told of the line being written, on the thread that feeds. Reads it by {@link TerminalText}'s own methods. */
    public interface Reader {

        /** It reads differently now; told at most once for each piece that is fed. */
        void changed(TerminalText line);

        /** It stays as it is, and another begins. */
        void ended(TerminalText line);
    }

    private final Reader reader;
    private final BiFunction<Integer, CharSequence, Integer> styling;
    private final AnsiParser parser = new AnsiParser(new Line());
    private int[] cells = new int[USUAL];
    private byte[] styles = new byte[USUAL];
    private int style = PLAIN;
    private int length;
    private int column;
    private boolean changed;

    /** Without styles. */
    public TerminalText(Reader reader) {
        this(reader, (style, parameters) -> PLAIN);
    }

    /**
     * @param styling the style after a "select graphic rendition" (ECMA-48), given the one before and its parameters;
     *                a style is 0 to 255, and 0 is plain
     */
    public TerminalText(Reader reader, BiFunction<Integer, CharSequence, Integer> styling) {
        this.reader = reader;
        this.styling = styling;
    }

    /** @param chunk may begin and end anywhere */
    public void feed(String chunk) {
        parser.feed(chunk);
        tell();
    }

    /** Nothing more comes, or what comes next is another's: colours and unfinished sequences are forgotten. */
    public void end() {
        parser.reset();
        tell();
        if (length > 0) {
            next();
        }
    }

    /** The line as it reads, without blanks at its end; may be empty. */
    public String text() {
        int end = length;
        while (end > 0 && cells[end - 1] == ' ') {
            end--;
        }
        return new String(cells, 0, end);
    }

    /** How many characters the line has, blanks at its end among them. */
    public int length() {
        return length;
    }

    /** @return how many {@code char}s the character at the index takes */
    public int width(int index) {
        return Character.charCount(cells[index]);
    }

    public int style(int index) {
        return styles[index] & 0xff;
    }

    private void tell() {
        if (changed) {
            changed = false;
            reader.changed(this);
        }
    }

    private void next() {
        reader.ended(this);
        length = 0;
        column = 0;
        if (cells.length > 8 * USUAL) {
            cells = new int[USUAL];
            styles = new byte[USUAL];
        }
    }

    private void put(int codePoint, int as) {
        makeRoom(1);
        cells[column] = codePoint;
        styles[column] = (byte) as;
        column++;
        length = Math.max(length, column);
        changed = true;
    }

    /** @return for how many of so many characters there is room in this line, or else in the next */
    private int makeRoom(int characters) {
        if (column >= LONGEST) {
            tell();
            next();
        }
        int room = Math.min(characters, LONGEST - column);
        if (column + room > cells.length) {
            int larger = Math.max(column + room, cells.length * 2);
            cells = Arrays.copyOf(cells, larger);
            styles = Arrays.copyOf(styles, larger);
        }
        return room;
    }

    private final class Line implements AnsiParser.Screen {

        @Override
        public void print(int codePoint) {
            if (Visible.isHidden(codePoint)) {
                Visible.name(codePoint).codePoints().forEach(c -> put(c, style));
            } else {
                put(codePoint, style);
            }
        }

        @Override
        public void print(String text, int from, int to) {
            int at = from;
            while (at < to) {
                int room = makeRoom(to - at);
                for (int i = 0; i < room; i++) {
                    cells[column + i] = text.charAt(at + i);
                }
                Arrays.fill(styles, column, column + room, (byte) style);
                at += room;
                column += room;
                length = Math.max(length, column);
                changed = true;
            }
        }

        @Override
        public void lineFeed() {
            tell();
            next();
        }

        @Override
        public void carriageReturn() {
            column = 0;
        }

        @Override
        public void backspace() {
            column = Math.max(0, column - 1);
        }

        @Override
        public void tab() {
            do {
                if (column < length) {
                    column++;
                } else {
                    put(' ', PLAIN);
                }
            } while (column % TAB != 0);
        }

        @Override
        public void eraseLine(int mode) {
            if (mode == 0) {
                length = Math.min(length, column);
            } else {
                Arrays.fill(cells, 0, mode == 1 ? Math.min(length, column + 1) : length, ' ');
                Arrays.fill(styles, 0, length, (byte) PLAIN);
            }
            changed = true;
        }

        @Override
        public void rendition(CharSequence parameters) {
            style = styling.apply(style, parameters);
        }
    }
}
