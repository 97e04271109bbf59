package io.keylesspull.ui.log;

/** What a line of the log is. Only output comes from outside; all other kinds are this program's own words. */
public enum LogKind {
    /** A command as a person would type it. */
    COMMAND,
    STDOUT,
    STDERR,
    /** A command ended with an exit status other than zero. */
    EXIT,
    /** A step begins, or says what it is at. */
    STEP,
    /** A step looked, and will look again. */
    WAIT,
    /** Something worth knowing: a resource, a fact. */
    NOTE,
    DONE,
    FAILED,
    /** About the run as a whole. */
    RUN;

    /** Whether somebody else's program wrote it. */
    public boolean output() {
        return this == STDOUT || this == STDERR;
    }

    /**
     * What stands before such a line where colour cannot tell it apart: in a saved file. Output is always marked by a
     * bar, so that it cannot pass for the program's own words whatever it says.
     */
    public String mark() {
        return switch (this) {
            case COMMAND -> "$";
            case STDOUT -> "|";
            case STDERR -> "!";
            case EXIT, FAILED -> "x";
            case STEP -> ">";
            case WAIT -> "~";
            case NOTE -> "-";
            case DONE -> "+";
            case RUN -> "=";
        };
    }
}
