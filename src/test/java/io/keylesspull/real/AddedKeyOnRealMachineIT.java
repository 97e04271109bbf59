package io.keylesspull.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.real.Bench.Part;
import io.keylesspull.remote.SshKey;
import io.keylesspull.time.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A key that a real SSH server does not accept is added by Run Command, opens the machine, and goes with undo. */
@ExtendWith(RealWorldExtension.class)
@Timeout(900)
class AddedKeyOnRealMachineIT {

    private static final String MACHINE = "tried";
    private static final String HOME = "/home/" + Bench.ADMIN;

    @TempDir
    private Path folder;

    static Stream<Arguments> found() {
        return Suite.tried()
                .filter(Suite::whole)
                .flatMap(suite -> Stream.of(
                                "echo no change", "rm -r " + HOME + "/.ssh", ": > " + HOME + "/.ssh/authorized_keys")
                        .map(before -> Arguments.of(suite, before)));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("found")
    void itOpensTheMachineAndUndoLeavesTheUsersKeysAsTheyWere(Suite suite, String before, RealWorld world)
            throws Exception {
        Disk disk = world.prepared(suite);
        Path key = folder.resolve("other");
        SshKey.generate("other").save(key);
        try (RealBench bench =
                RealBench.in(world, disk, Pace.INSTANT, Files.createDirectory(folder.resolve("real")), Time.system())) {
            String machine = bench.makeMachine(MACHINE);
            bench.prepare(machine, Set.of(Part.DOCKER, Part.AZURE_CLI));
            bench.onMachine(machine, before);
            List<String> keys = keys(bench, machine);

            Account account = bench.run(
                    Bench.setup(
                            MACHINE,
                            "\"sshKey\": \"" + key + "\", \"ssh\": {\"addKey\": true}",
                            Bench.SYSTEM_ASSIGNED,
                            "practiceclassic",
                            "aci-helloworld:v1"),
                    event -> {});

            assertThat(account.result()).as(account.log() + account.report()).isEqualTo(RunResult.SUCCEEDED);
            assertThat(account.log()).contains("$ tee -a .ssh/authorized_keys");
            assertThat(keys(bench, machine)).isNotEqualTo(keys);

            Account undone = bench.undo();

            assertThat(undone.result()).as(undone.log() + undone.report()).isEqualTo(RunResult.SUCCEEDED);
            assertThat(keys(bench, machine)).isEqualTo(keys);
        }
    }

    /** The folder and what is in it, with owners, modes and contents. */
    private static List<String> keys(Bench bench, String machine) {
        return bench.tryOnMachine(
                        machine,
                        "find " + HOME + "/.ssh -printf '%M %u %g %p\\n' 2>&1 | sort",
                        "cat " + HOME + "/.ssh/authorized_keys 2>&1")
                .stdout()
                .lines()
                .toList();
    }
}
