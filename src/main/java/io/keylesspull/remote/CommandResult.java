package io.keylesspull.remote;

/**
 * The result of a command.
 *
 * @param exitStatus 0 to 255; 128 plus the signal's number if a signal ended it, as shells report it
 * @param stdout its output, secrets masked unless it is confidential; only the last 1,048,576 characters
 * @param stderr the same of its standard error
 * @param truncated whether the beginning of either is missing
 */
public record CommandResult(int exitStatus, String stdout, String stderr, boolean truncated) {

    /** Whether it returned 0. */
    public boolean ok() {
        return exitStatus == 0;
    }
}
