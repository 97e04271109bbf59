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
import java.util.Set;

/** The commands of practice machines, and the package that each comes with. */
public final class StandardPrograms implements InstalledPrograms {

    private final Map<String, MachineProgram> programs = new HashMap<>();
    private final Map<String, Set<String>> packagesOf = new HashMap<>();

    public StandardPrograms() {
        SystemCommands.addTo(programs);
        FileCommands.addTo(programs);
        FileMoveCommands.addTo(programs);
        StreamCommands.addTo(programs);
        TextCommands.addTo(programs);
        UserCommands.addTo(programs);
        AptGet.addTo(programs);
        Dpkg.addTo(programs);
        programs.put("curl", new Curl());
        programs.put("gpg", new Gpg());
        programs.put("ssh-keygen", new SshKeygen());
        programs.put("docker", new Docker());
        programs.put("az", new AzCommand());
        packagesOf.put("docker", Set.of("docker.io", "docker-ce-cli", "podman-docker"));
        packagesOf.put("az", Set.of("azure-cli"));
        packagesOf.put("curl", Set.of("curl"));
        packagesOf.put("gpg", Set.of("gpg"));
        packagesOf.put("lsb_release", Set.of("lsb-release"));
    }

    @Override
    public Optional<MachineProgram> find(MachineState machine, String name) {
        String plain = name.replaceFirst("^/(usr/)?s?bin/", "");
        Set<String> needed = packagesOf.get(plain);
        return Optional.ofNullable(programs.get(plain))
                .filter(p -> needed == null
                        || needed.stream().anyMatch(machine.packages()::isPresent)
                        || plain.equals("docker") && machine.docker().fromSnap());
    }
}
