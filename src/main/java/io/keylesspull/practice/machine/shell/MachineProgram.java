package io.keylesspull.practice.machine.shell;

import java.io.IOException;

/** A command on a practice machine. */
@FunctionalInterface
public interface MachineProgram {

    /**
     * @return the exit status
     * @throws InterruptedException if the client has disconnected
     */
    int run(ProgramCall call) throws IOException, InterruptedException;
}
