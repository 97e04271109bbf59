package io.keylesspull.ui.log;

import io.keylesspull.text.Styles;
import io.keylesspull.text.TerminalLine;
import java.time.Instant;

/** One line of the log. Compact, because there may be hundreds of thousands. Immutable. */
public final class LogLine {

    private final long number;
    private final long at;
    private final LogSource source;
    private final LogKind kind;
    private final TerminalLine line;

    /**
     * @param number counts all lines ever added, from 0
     * @param at milliseconds since 1970
     */
    LogLine(long number, long at, LogSource source, LogKind kind, TerminalLine line) {
        this.number = number;
        this.at = at;
        this.source = source;
        this.kind = kind;
        this.line = line;
    }

    public long number() {
        return number;
    }

    public Instant at() {
        return Instant.ofEpochMilli(at);
    }

    public LogSource source() {
        return source;
    }

    LogKind kind() {
        return kind;
    }

    public String text() {
        return line.text();
    }

    int length() {
        return line.length();
    }

    /** Where a text stands in it, whatever its case; negative if it does not. */
    int indexOf(String wanted, int from) {
        return line.indexOf(wanted, from);
    }

    Styles styles() {
        return line.styles();
    }

    /** As it is copied: a command with its prompt, anything else as it is shown. */
    public String plain() {
        return kind == LogKind.COMMAND ? "$ " + text() : text();
    }

    @Override
    public String toString() {
        return kind + " " + text();
    }
}
