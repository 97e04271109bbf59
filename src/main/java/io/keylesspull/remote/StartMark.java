package io.keylesspull.remote;

/**
 * Tells a command's own output from what the machine's shell prints when it starts, as an {@code echo} in
 * {@code .bashrc} does: a mark is printed in between on both streams. One per stream; used by one thread at a time.
 */
final class StartMark {

    private static final String MARK = "=== output begins ===";
    /** Read alike by POSIX shells, fish and csh. */
    private static final String PRINT = "sh -c 'printf \"" + MARK + "\"; printf \"" + MARK + "\" >&2'";

    private final StringBuilder held = new StringBuilder();
    private boolean passed;

    /** What is sent so that the mark comes before the output of a line. */
    static String before(String line) {
        return PRINT + "; " + line;
    }

    /** A command that prints the mark and nothing else. */
    static Command alone() {
        return Command.of("sh", "-c", "printf \"" + MARK + "\"; printf \"" + MARK + "\" >&2");
    }

    /** Whether the command {@link #alone} shows that output begins where it should. */
    static boolean isAlone(CommandResult printed) {
        return printed.stdout().equals(MARK) && printed.stderr().equals(MARK);
    }

    /** Whether output can be told from what comes before: the shell ran the command, and printed nothing after it. */
    static boolean isLast(CommandResult printed) {
        return printed.ok() && printed.stdout().endsWith(MARK) && printed.stderr().contains(MARK);
    }

    /** @return what of the output so far is the command's own */
    String accept(String text) {
        if (passed) {
            return text;
        }
        held.append(text);
        int at = held.indexOf(MARK);
        if (at < 0) {
            return "";
        }
        passed = true;
        String own = held.substring(at + MARK.length());
        held.setLength(0);
        return own;
    }

    /** Nothing more comes. @return what was held back, where the command itself was never reached */
    String end() {
        String all = held.toString();
        held.setLength(0);
        return all;
    }
}
