package io.keylesspull.ui.log;

import java.time.Instant;

/** One line of the log, as compact as can be: there may be hundreds of thousands. Immutable. */
public final class LogLine {

    private final long number;
    private final long at;
    private final LogSource source;
    private final LogKind kind;
    private final String text;
    private final char[] runs;

    /**
     * @param number counts the lines from the first one ever, from 0
     * @param at     milliseconds since 1970
     * @param text   fit to show: no control characters, no line break
     * @param runs   pairs of a style (see {@link Style}) and the index in the text where it ends; null for plain text
     */
    LogLine(long number, long at, LogSource source, LogKind kind, String text, char[] runs) {
        this.number = number;
        this.at = at;
        this.source = source;
        this.kind = kind;
        this.text = text;
        this.runs = runs;
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

    /** How many stretches of one style the text has; 0 for plain text. */
    int runs() {
        return runs == null ? 0 : runs.length / 2;
    }

    int style(int run) {
        return runs[2 * run];
    }

    int end(int run) {
        return runs[2 * run + 1];
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
