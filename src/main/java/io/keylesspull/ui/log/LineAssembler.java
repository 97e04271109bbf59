package io.keylesspull.ui.log;

import java.util.Arrays;

/**
 * Makes lines of one stream's output. The line being written is in the log from its first chunk on and is replaced
 * there as it grows or is written over, so that progress is seen in place.
 */
final class LineAssembler implements AnsiParser.Screen {

    /** A longer line is folded: it goes on in the next. In characters. */
    static final int LONGEST = 8_000;
    private static final int TAB = 8;

    private final LogBuffer buffer;
    private final LogSource source;
    private final LogKind kind;
    private final AnsiParser parser = new AnsiParser(this);

    private int[] cells = new int[128];
    private byte[] styles = new byte[128];
    private int length;
    private int column;
    private long at;
    private LogLine shown;
    private boolean changed;

    LineAssembler(LogBuffer buffer, LogSource source, LogKind kind) {
        this.buffer = buffer;
        this.source = source;
        this.kind = kind;
    }

    /** @param now milliseconds since 1970 */
    void feed(String chunk, long now) {
        at = now;
        parser.feed(chunk);
        if (changed) {
            show();
        }
    }

    /** The command has ended: what comes next is another's. */
    void end() {
        parser.reset();
        if (changed) {
            show();
        }
        next();
    }

    @Override
    public void print(int codePoint, int style) {
        if (Visible.deceives(codePoint)) {
            Visible.name(codePoint).codePoints().forEach(c -> put(c, style));
        } else {
            put(codePoint, style);
        }
    }

    private void put(int codePoint, int style) {
        if (column >= LONGEST) {
            lineFeed();
        }
        if (column == cells.length) {
            cells = Arrays.copyOf(cells, cells.length * 2);
            styles = Arrays.copyOf(styles, styles.length * 2);
        }
        cells[column] = codePoint;
        styles[column] = (byte) style;
        column++;
        length = Math.max(length, column);
        changed = true;
    }

    @Override
    public void lineFeed() {
        if (changed || shown == null) {
            show();
        }
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

    private void show() {
        changed = false;
        String text = text();
        char[] runs = runs();
        if (shown != null) {
            LogLine better = new LogLine(shown.number(), at, source, kind, text, runs);
            if (buffer.replace(better)) {
                shown = better;
                return;
            }
        }
        shown = buffer.add(number -> new LogLine(number, at, source, kind, text, runs));
    }

    private void next() {
        shown = null;
        changed = false;
        length = 0;
        column = 0;
        if (cells.length > 1_024) {
            cells = new int[128];
            styles = new byte[128];
        }
    }

    private String text() {
        int end = length;
        while (end > 0 && cells[end - 1] == ' ') {
            end--;
        }
        return new String(cells, 0, end);
    }

    private char[] runs() {
        boolean plain = true;
        for (int i = 0; i < length && plain; i++) {
            plain = styles[i] == Style.PLAIN;
        }
        if (plain) {
            return null;
        }
        char[] runs = new char[8];
        int used = 0;
        int end = 0;
        for (int i = 0; i < length; i++) {
            end += Character.charCount(cells[i]);
            if (i + 1 == length || styles[i + 1] != styles[i]) {
                if (used == runs.length) {
                    runs = Arrays.copyOf(runs, used * 2);
                }
                runs[used++] = (char) (styles[i] & 0xff);
                runs[used++] = (char) end;
            }
        }
        return Arrays.copyOf(runs, used);
    }
}
