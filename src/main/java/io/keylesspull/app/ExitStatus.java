package io.keylesspull.app;

/** What the program ends with. */
final class ExitStatus {

    static final int PROVEN = 0;
    static final int FAILED = 1;
    static final int MISUSED = 2;
    /** As a shell reports a program that Ctrl-C ended: 128 and the number of SIGINT. */
    static final int CANCELLED = 130;

    private ExitStatus() {
    }
}
