package io.keylesspull.practice.machine.program;

import io.keylesspull.practice.machine.program.apt.Apt;
import io.keylesspull.practice.machine.program.apt.Dpkg;
import io.keylesspull.practice.machine.program.apt.Gpg;
import io.keylesspull.practice.machine.program.az.AzureCli;
import io.keylesspull.practice.machine.program.docker.Docker;
import io.keylesspull.practice.machine.program.net.Curl;
import io.keylesspull.practice.machine.shell.InstalledPrograms;
import io.keylesspull.practice.machine.shell.Program;
import io.keylesspull.practice.machine.state.MachineState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The commands practice machines know, and the package each comes with. */
public final class Programs implements InstalledPrograms {

    private final Map<String, Program> programs = new HashMap<>();
    private final Map<String, String> packageOf = new HashMap<>();

    public Programs() {
        SystemTools.addTo(programs);
        Files.addTo(programs);
        FileMoves.addTo(programs);
        Users.addTo(programs);
        Apt.addTo(programs);
        Dpkg.addTo(programs);
        programs.put("curl", new Curl());
        programs.put("gpg", new Gpg());
        programs.put("docker", new Docker());
        programs.put("az", new AzureCli());
        packageOf.put("docker", "docker.io");
        packageOf.put("az", "azure-cli");
        packageOf.put("curl", "curl");
        packageOf.put("gpg", "gpg");
        packageOf.put("lsb_release", "lsb-release");
    }

    @Override
    public Optional<Program> find(MachineState machine, String name) {
        String plain = name.replaceFirst("^/(usr/)?s?bin/", "");
        String needed = packageOf.get(plain);
        return Optional.ofNullable(programs.get(plain))
                .filter(p -> needed == null || machine.packages().isPresent(needed));
    }
}
