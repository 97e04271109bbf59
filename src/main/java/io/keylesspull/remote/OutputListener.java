package io.keylesspull.remote;

import io.keylesspull.text.Masked;

/**
 * Hears what a command prints while it runs, secrets already masked. Calls for one command come one after the other,
 * from a thread of the connection: it should return soon, since nothing else is read meanwhile.
 */
@FunctionalInterface
public interface OutputListener {

    /**
     * @param stderr true for the standard error stream
     * @param chunk  whole characters, not whole lines; never empty
     */
    void output(boolean stderr, Masked chunk);

    /** Hears nothing. */
    static OutputListener none() {
        return (stderr, chunk) -> { };
    }
}
