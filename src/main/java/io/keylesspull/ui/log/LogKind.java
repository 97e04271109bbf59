package io.keylesspull.ui.log;

/** What a line of the log is. Only output comes from other programs; all other kinds are this program's own text. */
enum LogKind {
    /** A command as a person would type it. */
    COMMAND,
    STDOUT,
    STDERR,
    /** A command ended with an exit status other than zero: often a look, whose step goes on. */
    EXIT,
    /** A step starts, or says what it is doing. */
    STEP,
    /** A step waits and will look again. */
    WAIT,
    /** What became of a step. */
    NOTE,
    /** The id of a resource. */
    RESOURCE,
    DONE,
    FAILED,
    /** About the whole run. */
    RUN;

    /** Whether the run is understood without it. */
    boolean detail() {
        return this == RESOURCE || this == EXIT;
    }

    /** Whether another program wrote it. */
    boolean output() {
        return this == STDOUT || this == STDERR;
    }

    /**
     * The mark of such a line in a saved file, which has no colours. Output always has a mark of its own, so that it
     * cannot be mistaken for this program's text.
     */
    String mark() {
        return switch (this) {
            case COMMAND -> "$";
            case STDOUT -> "|";
            case STDERR -> "!";
            case FAILED -> "x";
            case STEP -> ">";
            case WAIT -> "~";
            case EXIT, NOTE, RESOURCE -> "-";
            case DONE -> "+";
            case RUN -> "=";
        };
    }
}
