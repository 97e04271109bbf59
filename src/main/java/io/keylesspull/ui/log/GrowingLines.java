package io.keylesspull.ui.log;

import io.keylesspull.text.TerminalText;
import java.util.Arrays;

/**
 * Writes one stream's output into the log. The line being written is there from its first chunk on and is replaced as
 * it grows or is written over, so that progress is seen in place.
 */
final class GrowingLines implements TerminalText.Reader {

    private final LogBuffer buffer;
    private final LogSource source;
    private final LogKind kind;
    private final TerminalText output = new TerminalText(this, Sgr::apply);
    private long at;
    private LogLine shown;

    GrowingLines(LogBuffer buffer, LogSource source, LogKind kind) {
        this.buffer = buffer;
        this.source = source;
        this.kind = kind;
    }

    /** @param now milliseconds since 1970 */
    void feed(String chunk, long now) {
        at = now;
        output.feed(chunk);
    }

    /** The command has ended: what comes next is another's. */
    void end() {
        output.end();
    }

    @Override
    public void changed(TerminalText line) {
        String text = line.text();
        char[] runs = runs(line);
        if (shown != null) {
            LogLine better = new LogLine(shown.number(), at, source, kind, text, runs);
            if (buffer.replace(better)) {
                shown = better;
                return;
            }
        }
        shown = buffer.add(number -> new LogLine(number, at, source, kind, text, runs));
    }

    @Override
    public void ended(TerminalText line) {
        if (shown == null) {
            changed(line);
        }
        shown = null;
    }

    private static char[] runs(TerminalText line) {
        boolean plain = true;
        for (int i = 0; i < line.length() && plain; i++) {
            plain = line.style(i) == Style.PLAIN;
        }
        if (plain) {
            return null;
        }
        char[] runs = new char[8];
        int used = 0;
        int end = 0;
        for (int i = 0; i < line.length(); i++) {
            end += line.width(i);
            if (i + 1 == line.length() || line.style(i + 1) != line.style(i)) {
                if (used == runs.length) {
                    runs = Arrays.copyOf(runs, used * 2);
                }
                runs[used++] = (char) line.style(i);
                runs[used++] = (char) end;
            }
        }
        return Arrays.copyOf(runs, used);
    }
}
