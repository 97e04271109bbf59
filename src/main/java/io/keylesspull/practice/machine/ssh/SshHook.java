package io.keylesspull.practice.machine.ssh;

import java.util.Optional;

/**
 * Lets tests make SSH connections and commands fail. In the product it does nothing: {@link #NONE}. Machines are named
 * as in their resource id. Called by many threads.
 */
public interface SshHook {

    SshHook NONE = new SshHook() {};

    /** Whether nothing listens at a machine's address at the moment. */
    default boolean refuses(String machine) {
        return false;
    }

    /** What goes wrong with a new connection to a machine. */
    default Optional<SshFault> connected(String machine) {
        return Optional.empty();
    }

    /** What runs in place of a command; empty if the command itself runs. @param line as the client sent it */
    default Optional<CommandHook> command(String machine, String line) {
        return Optional.empty();
    }
}
