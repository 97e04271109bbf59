package io.keylesspull.remote;

import io.keylesspull.text.Redactor;
import java.util.Optional;

/**
 * The result of a command.
 *
 * @param exitStatus 0 to 255; 128 plus the signal's number if a signal ended it, as shells report it
 * @param stdout its output, secrets masked unless it is confidential; only the last 1,048,576 characters
 * @param stderr the same of its standard error
 * @param truncated whether the beginning of either is missing
 */
public record CommandResult(int exitStatus, String stdout, String stderr, boolean truncated) {

    /**
     * The result of a command whose streams came as a whole. The listener gets them unless the command is confidential.
     */
    public static CommandResult of(
            Command command, int exitStatus, byte[] stdout, byte[] stderr, OutputListener listener) {
        Redactor redactor = Redactor.shapesOnly();
        CommandOutputStream out = command.confidential()
                ? CommandOutputStream.confidential(Optional.empty(), () -> {})
                : CommandOutputStream.masked(
                        redactor, Optional.empty(), chunk -> listener.output(StandardStream.STDOUT, chunk), () -> {});
        CommandOutputStream err = CommandOutputStream.masked(
                redactor, Optional.empty(), chunk -> listener.output(StandardStream.STDERR, chunk), () -> {});
        out.write(stdout, 0, stdout.length);
        err.write(stderr, 0, stderr.length);
        out.finish();
        err.finish();
        return new CommandResult(exitStatus, out.text(), err.text(), out.truncated() || err.truncated());
    }

    /** Whether it returned 0. */
    public boolean ok() {
        return exitStatus == 0;
    }
}
