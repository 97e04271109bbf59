package io.keylesspull.app.cli;

/** The program's exit statuses. */
public final class ExitStatus {

    public static final int PROVEN = 0;
    public static final int FAILED = 1;
    static final int MISUSED = 2;
    /**
     * What a shell reports for a program that Ctrl-C ended: 128 plus the number of SIGINT. While Java ends because of
     * another signal, it exits with that one's number instead.
     */
    public static final int CANCELLED = 130;

    private ExitStatus() {}
}
