package io.keylesspull.app.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Function;

/**
 * The terminal that the program was started in.
 *
 * @param echoes whether answers are printed, because nobody types them here
 * @param passphrases asks for a passphrase and does not show what is typed; empty if there is no terminal
 */
public record Terminal(
        BufferedReader in,
        PrintWriter out,
        PrintWriter err,
        boolean echoes,
        Function<String, Optional<char[]>> passphrases) {

    /** Only streams: nobody is asked for a passphrase. */
    public Terminal(BufferedReader in, PrintWriter out, PrintWriter err) {
        this(in, out, err, true, question -> Optional.empty());
    }
}
