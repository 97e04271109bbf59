package io.keylesspull.azure.model;

/**
 * The output of a script. The service keeps the last 4,096 bytes of each stream and does not report the exit status.
 */
public record RunCommandResult(String stdout, String stderr) {

    private static final String STDOUT = "[stdout]\n";
    private static final String STDERR = "\n[stderr]\n";

    /** @param answer the service's on Linux: one message with both streams, each after a heading */
    public static RunCommandResult parse(String answer) {
        String message = answer.replace("\r\n", "\n");
        int out = message.indexOf(STDOUT);
        // The last one: what a script prints may look like a heading.
        int err = message.lastIndexOf(STDERR);
        if (out < 0) {
            return new RunCommandResult(message, "");
        }
        int from = out + STDOUT.length();
        if (err < from - 1) {
            return new RunCommandResult(message.substring(from), "");
        }
        return new RunCommandResult(
                message.substring(from, Math.max(from, err)), message.substring(err + STDERR.length()));
    }
}
