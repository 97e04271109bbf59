package io.keylesspull.practice.machine.program;

import io.keylesspull.practice.machine.program.apt.AptGet;
import io.keylesspull.practice.machine.program.apt.Dpkg;
import io.keylesspull.practice.machine.program.apt.Gpg;
import io.keylesspull.practice.machine.program.az.AzCommand;
import io.keylesspull.practice.machine.program.docker.Docker;
import io.keylesspull.practice.machine.program.net.Curl;
import io.keylesspull.practice.machine.shell.InstalledPrograms;
import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.state.MachineState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The commands practice machines know, and the package each comes with. */
public final class StandardPrograms implements InstalledPrograms {

    private final Map<String, MachineProgram> programs = new HashMap<>();
    private final Map<String, String> packageOf = new HashMap<>();

    public StandardPrograms() {
        SystemCommands.addTo(programs);
        FileCommands.addTo(programs);
        FileMoveCommands.addTo(programs);
        UserCommands.addTo(programs);
        AptGet.addTo(programs);
        Dpkg.addTo(programs);
        programs.put("curl", new Curl());
        programs.put("gpg", new Gpg());
        programs.put("docker", new Docker());
        programs.put("az", new AzCommand());
        packageOf.put("docker", "docker.io");
        packageOf.put("az", "azure-cli");
        packageOf.put("curl", "curl");
        packageOf.put("gpg", "gpg");
        packageOf.put("lsb_release", "lsb-release");
    }

    @Override
    public Optional<MachineProgram> find(MachineState machine, String name) {
        String plain = name.replaceFirst("^/(usr/)?s?bin/", "");
        String needed = packageOf.get(plain);
        return Optional.ofNullable(programs.get(plain))
                .filter(p -> needed == null || machine.packages().isPresent(needed));
    }
}
