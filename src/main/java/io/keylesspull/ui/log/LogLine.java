package io.keylesspull.ui.log;

import io.keylesspull.text.Styles;
import java.time.Instant;

/** One line of the log, as compact as can be: there may be hundreds of thousands. Immutable. */
public final class LogLine {

    private final long number;
    private final long at;
    private final LogSource source;
    private final LogKind kind;
    private final String text;
    private final Styles styles;

    /**
     * @param number counts the lines from the first one ever, from 0
     * @param at     milliseconds since 1970
     * @param text   fit to show: no control characters, no line break
     * @param styles how the text looks; a stretch may end past it
     */
    LogLine(long number, long at, LogSource source, LogKind kind, String text, Styles styles) {
        this.number = number;
        this.at = at;
        this.source = source;
        this.kind = kind;
        this.text = text;
        this.styles = styles;
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

    public LogKind kind() {
        return kind;
    }

    public String text() {
        return text;
    }

    Styles styles() {
        return styles;
    }

    /** As it is copied: a command with its prompt, anything else as it reads. */
    public String plain() {
        return kind == LogKind.COMMAND ? "$ " + text : text;
    }

    @Override
    public String toString() {
        return kind + " " + text;
    }
}
