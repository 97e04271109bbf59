package io.keylesspull.remote;

import io.keylesspull.text.Masked;

/**
 * Receives the output of a running command, with secrets masked. Calls for one command come one after the other, from a
 * thread of the connection. A call should return soon, because nothing else is read from the connection meanwhile.
 */
@FunctionalInterface
public interface OutputListener {

    /** @param chunk whole characters, not whole lines; never empty */
    void output(StandardStream stream, Masked chunk);

    /** Ignores the output. */
    static OutputListener none() {
        return (stream, chunk) -> {};
    }
}
