package io.keylesspull.remote;

/**
 * Separates a command's output from what the machine's shell prints when it starts, such as an {@code echo} in
 * {@code .bashrc}, by a mark that is printed before the command on both streams. One per stream; used by one thread at
 * a time.
 */
final class StartMark {

    private static final String MARK = "=== output begins ===";
    /** Works the same in POSIX shells, fish and csh. */
    private static final String PRINT = "sh -c 'printf \"" + MARK + "\"; printf \"" + MARK + "\" >&2'";

    private final StringBuilder held = new StringBuilder();
    private boolean passed;

    /** The line to send so that the mark is printed before the output of a command line. */
    static String before(String line) {
        return PRINT + "; " + line;
    }

    /** A command that prints only the mark. */
    static Command alone() {
        return Command.of("sh", "-c", "printf \"" + MARK + "\"; printf \"" + MARK + "\" >&2");
    }

    /** Whether the result of {@link #alone} shows that the shell prints nothing of its own. */
    static boolean isAlone(CommandResult printed) {
        return printed.stdout().equals(MARK) && printed.stderr().equals(MARK);
    }

    /** Whether the output can be separated: the shell ran the command and printed nothing after it. */
    static boolean isLast(CommandResult printed) {
        return printed.ok()
                && printed.stdout().endsWith(MARK)
                && printed.stderr().contains(MARK);
    }

    /** @return the part of the text that is the command's own output */
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

    /** Ends the stream. @return the text that was held back because the mark never came */
    String end() {
        String all = held.toString();
        held.setLength(0);
        return all;
    }
}
