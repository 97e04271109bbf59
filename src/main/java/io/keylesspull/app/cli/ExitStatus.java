package io.keylesspull.app.cli;

/** What the program ends with. */
public final class ExitStatus {

    public static final int PROVEN = 0;
    public static final int FAILED = 1;
    static final int MISUSED = 2;
    /** As a shell reports a program that Ctrl-C ended: 128 and the number of SIGINT. */
    public static final int CANCELLED = 130;

    private ExitStatus() {
    }
}
