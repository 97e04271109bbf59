package io.keylesspull.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One stream of terminal output, of any program, as lines that are fit to show. Each line is what a terminal would
 * have left of it: carriage returns, backspaces, tabs and erasures work within the line, nothing reaches another one,
 * and what cannot be seen is shown by name. Lines and memory are bounded. Not thread-safe.
 */
public final class TerminalText {

    /** A longer line is folded: it goes on in the next. In characters. */
    public static final int LONGEST = 8_000;
    private static final int TAB = 8;
    private static final int USUAL = 128;

    private final AnsiParser parser = new AnsiParser(new Line());
    private List<TerminalLine> lines = new ArrayList<>();
    private int[] cells = new int[USUAL];
    private byte[] styles = new byte[USUAL];
    private int style = Style.PLAIN;
    private int length;
    private int column;
    private boolean changed;

    /**
     * @param chunk may begin and end anywhere
     * @return the lines that it changed, in their order: the first one replaces the last one returned before, if that
     *         was not ended; only the last one may be not ended
     */
    public List<TerminalLine> feed(String chunk) {
        parser.feed(chunk);
        return taken();
    }

    /**
     * Nothing more comes, or what comes next is another's: colours and unfinished sequences are forgotten.
     *
     * @return the line that this ends, if there is anything in it; as with {@link #feed}
     */
    public List<TerminalLine> end() {
        parser.reset();
        if (length > 0) {
            endLine();
        }
        changed = false;
        return taken();
    }

    private List<TerminalLine> taken() {
        if (changed) {
            lines.add(line(false));
            changed = false;
        }
        if (lines.isEmpty()) {
            return List.of();
        }
        List<TerminalLine> taken = lines;
        lines = new ArrayList<>();
        return taken;
    }

    private TerminalLine line(boolean ended) {
        int end = length;
        while (end > 0 && cells[end - 1] == ' ') {
            end--;
        }
        return new TerminalLine(new String(cells, 0, end), Styles.of(cells, styles, length), ended);
    }

    private void endLine() {
        lines.add(line(true));
        changed = false;
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
            endLine();
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
        public void print(char[] text, int from, int to) {
            int at = from;
            while (at < to) {
                int room = makeRoom(to - at);
                for (int i = 0; i < room; i++) {
                    cells[column + i] = text[at + i];
                }
                Arrays.fill(styles, column, column + room, (byte) style);
                at += room;
                column += room;
                length = Math.max(length, column);
                changed = true;
            }
        }

        /** Most lines are plain and come whole: those need not pass through the cells. */
        @Override
        public void printLine(char[] text, int from, int to) {
            if (length > 0 || column > 0 || changed || style != Style.PLAIN || to - from > LONGEST) {
                print(text, from, to);
                lineFeed();
                return;
            }
            int end = to;
            while (end > from && text[end - 1] == ' ') {
                end--;
            }
            lines.add(new TerminalLine(new String(text, from, end - from), Styles.PLAIN, true));
        }

        @Override
        public void lineFeed() {
            endLine();
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
                    put(' ', Style.PLAIN);
                }
            } while (column % TAB != 0);
        }

        @Override
        public void eraseLine(int mode) {
            if (mode == 0) {
                length = Math.min(length, column);
            } else {
                Arrays.fill(cells, 0, mode == 1 ? Math.min(length, column + 1) : length, ' ');
                Arrays.fill(styles, 0, length, (byte) Style.PLAIN);
            }
            changed = true;
        }

        @Override
        public void rendition(CharSequence parameters) {
            style = Sgr.apply(style, parameters);
        }
    }
}
