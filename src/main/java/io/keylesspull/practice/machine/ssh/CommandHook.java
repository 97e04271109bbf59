package io.keylesspull.practice.machine.ssh;

import java.io.IOException;
import java.io.OutputStream;

/** Runs in place of a command that came by SSH. */
@FunctionalInterface
public interface CommandHook {

    /** @return the exit status that the client gets */
    int run(Execution execution) throws IOException, InterruptedException;

    /** The command that was sent, and the connection it came by. */
    interface Execution {

        /** Runs the command. @return its exit status */
        int run(OutputStream stdout, OutputStream stderr) throws IOException, InterruptedException;

        /** What the client gets as the command's standard output. */
        OutputStream stdout();

        /** What the client gets as the command's standard error. */
        OutputStream stderr();

        /** Resets the connection. */
        void reset();

        /** Blocks the connection in both directions without closing it. */
        void silence();
    }
}
