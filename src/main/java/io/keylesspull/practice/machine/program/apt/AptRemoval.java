package io.keylesspull.practice.machine.program.apt;

import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.MachineState;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** The removal of packages by {@code apt-get}: what dpkg and the packages' own scripts print and do. */
final class AptRemoval {

    private static final Duration SHARE = Duration.ofMillis(700);

    private AptRemoval() {}

    static void run(ProgramCall call, AptPlan plan) throws IOException, InterruptedException {
        MachineState machine = call.machine();
        if (plan.removed().isEmpty()) {
            return;
        }
        readDatabase(call);
        for (Map.Entry<String, String> one : plan.removed().entrySet()) {
            if (!machine.packages().isInstalled(one.getKey())) {
                continue;
            }
            call.out().line("Removing " + one.getKey() + " (" + one.getValue() + ") ...");
            if (one.getKey().equals("docker.io")) {
                // The package's script keeps this file, so that a later purge can empty the directory.
                call.out()
                        .line("'/usr/share/docker.io/contrib/nuke-graph-directory.sh' -> "
                                + "'/var/lib/docker/nuke-graph-directory.sh'");
            }
            call.spend(SHARE);
            machine.removed(one.getKey());
        }
        if (plan.purge()) {
            purge(call, plan);
        }
    }

    private static void purge(ProgramCall call, AptPlan plan) throws IOException, InterruptedException {
        MachineState machine = call.machine();
        readDatabase(call);
        for (Map.Entry<String, String> one : plan.removed().entrySet()) {
            if (machine.packages().configurationLeft(one.getKey()).isPresent()) {
                call.out().line("Purging configuration files for " + one.getKey() + " (" + one.getValue() + ") ...");
                if (one.getKey().equals("docker.io")) {
                    call.out().lines("", "Nuking /var/lib/docker ...", "");
                }
                call.spend(SHARE);
            }
            machine.purged(one.getKey());
        }
    }

    private static void readDatabase(ProgramCall call) throws IOException {
        call.out().line("(Reading database ... 65083 files and directories currently installed.)");
    }
}
