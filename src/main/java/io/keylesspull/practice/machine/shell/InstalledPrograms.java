package io.keylesspull.practice.machine.shell;

import io.keylesspull.practice.machine.state.MachineState;
import java.util.Optional;

/** Finds the commands that come with installed packages. */
@FunctionalInterface
public interface InstalledPrograms {

    /** @param name with or without its directory. @return empty if no installed package brings it */
    Optional<MachineProgram> find(MachineState machine, String name);
}
