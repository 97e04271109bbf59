package io.keylesspull.practice.machine.shell;

import java.io.IOException;

/** A command that a practice machine knows. */
@FunctionalInterface
public interface MachineProgram {

    /**
     * @return the exit status
     * @throws InterruptedException where whoever waited for it has gone
     */
    int run(ProgramCall call) throws IOException, InterruptedException;
}
