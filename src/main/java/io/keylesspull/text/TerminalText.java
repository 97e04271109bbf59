package io.keylesspull.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the terminal output of any program into lines that are safe to show. Each line is what a terminal would show in
 * the end: carriage returns, backspaces, tabs and erasures work within the line, nothing changes another line, and
 * hidden characters are shown by name. Lines and memory are bounded. Not thread-safe.
 */
public final class TerminalText {

    /** In characters. A longer line is continued in the next one. */
    public static final int LONGEST = 8_000;

    private static final int TAB = 8;
    private static final int USUAL = 128;

    private final AnsiParser parser = new AnsiParser(new Line());
    private final Lines lines = new Lines();
    private int[] cells = new int[USUAL];
    private byte[] styles = new byte[USUAL];
    private int style = Style.PLAIN;
    private int length;
    private int column;
    private boolean changed;

    /**
     * @param chunk may begin and end anywhere
     * @return the lines that it changed, in their order: the first one replaces the last line returned before, if that
     *     had not ended; only the last one may not have ended
     */
    public List<TerminalLine> feed(String chunk) {
        lines.makeRoom(chunk.length());
        parser.feed(chunk);
        return taken();
    }

    /**
     * Ends the output, or the output of one command: forgets colours and unfinished sequences.
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
            addLine(false);
            changed = false;
        }
        return lines.taken();
    }

    private void addLine(boolean ended) {
        lines.add(cells, length, Styles.of(cells, styles, length), ended);
    }

    private void endLine() {
        addLine(true);
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

    /** @return how many of these characters fit into this line, or into the next if this one is full */
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

    /** The lines to return next. Lines of Latin-1 only share one text, which takes half the memory. */
    private static final class Lines {

        private char[] block = new char[USUAL];
        private int used;
        private int[] ends = new int[USUAL];
        private Styles[] styles = new Styles[USUAL];
        /** The texts of the lines that are not in the shared text; null for the others. */
        private String[] others = new String[USUAL];

        private int count;
        private boolean lastEnded;

        /** Adds a line that has ended, is plain, and has only ASCII characters. */
        void add(char[] text, int from, int to) {
            makeRoom(to - from);
            System.arraycopy(text, from, block, used, to - from);
            put(null, used + withoutBlanks(text, from, to) - from, Styles.PLAIN, true);
        }

        void add(int[] characters, int length, Styles looks, boolean ended) {
            int end = length;
            while (end > 0 && characters[end - 1] == ' ') {
                end--;
            }
            if (isLatin(characters, end)) {
                makeRoom(end);
                for (int i = 0; i < end; i++) {
                    block[used + i] = (char) characters[i];
                }
                put(null, used + end, looks, ended);
            } else {
                put(new String(characters, 0, end), used, looks, ended);
            }
        }

        private void put(@Nullable String other, int end, Styles looks, boolean ended) {
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
                styles = Arrays.copyOf(styles, 2 * count);
                others = Arrays.copyOf(others, 2 * count);
            }
            ends[count] = end;
            styles[count] = looks;
            others[count] = other;
            lastEnded = ended;
            used = end;
            count++;
        }

        private static int withoutBlanks(char[] text, int from, int to) {
            int end = to;
            while (end > from && text[end - 1] == ' ') {
                end--;
            }
            return end;
        }

        private static boolean isLatin(int[] characters, int length) {
            int all = 0;
            for (int i = 0; i < length; i++) {
                all |= characters[i];
            }
            return all <= 0xff;
        }

        void makeRoom(int characters) {
            if (used + characters > block.length) {
                block = used == 0
                        ? new char[characters]
                        : Arrays.copyOf(block, Math.max(used + characters, 2 * block.length));
            }
        }

        List<TerminalLine> taken() {
            if (count == 0) {
                return List.of();
            }
            String all = new String(block, 0, used);
            List<TerminalLine> taken = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                boolean ended = i < count - 1 || lastEnded;
                taken.add(
                        others[i] == null
                                ? new TerminalLine(all, i == 0 ? 0 : ends[i - 1], ends[i], styles[i], ended)
                                : new TerminalLine(others[i], 0, others[i].length(), styles[i], ended));
                others[i] = null;
            }
            used = 0;
            count = 0;
            if (block.length > 8 * USUAL) {
                block = new char[USUAL];
            }
            return taken;
        }
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

        /** Most lines are plain and come in one piece, so they need no cells. */
        @Override
        public void printLine(char[] text, int from, int to) {
            if (length > 0 || column > 0 || changed || style != Style.PLAIN || to - from > LONGEST) {
                print(text, from, to);
                lineFeed();
                return;
            }
            lines.add(text, from, to);
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
