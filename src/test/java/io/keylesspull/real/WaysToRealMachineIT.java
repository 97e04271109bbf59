package io.keylesspull.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.real.Bench.Part;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tutorial's two examples on a machine without a public address: through a jump host, by real SSH servers on both;
 * and by Run Command, where no SSH server runs. The machine's network is a bridge that has no other way in: where this
 * program connects from, there is no route to it. The scripts of Run Command are run by agent.py, which does what
 * Azure's extension does.
 */
@ExtendWith(RealWorldExtension.class)
@Timeout(1500)
@Order(1) // They take longest.
class WaysToRealMachineIT {

    private static final String JUMP = "jump";
    private static final String HIDDEN = "hidden";

    /** What undo has to restore, without what removed packages leave behind. */
    private static final String INVENTORY = """
            dpkg-query -W -f '${db:Status-Abbrev} ${Package}\\n' | grep '^ii'
            id %s
            find /etc/apt /usr/bin /usr/local /root /home -xdev ! -path /etc/apt/apt.conf.d/99needrestart \
              -printf '%%M %%u %%p %%l\\n' 2>/dev/null | sort
            ls /run/keyless-pull 2>&1
            """.formatted(Bench.ADMIN);

    @TempDir
    private Path folder;

    /** How the machine is reached. */
    enum Way {
        JUMP_HOST {
            @Override
            String keys(Bench bench) throws Exception {
                return "\"ssh\": {\"jumpHosts\": [{\"host\": \"%s\", \"user\": \"%s\", \"hostKey\": \"%s\"}]}"
                        .formatted(bench.address(JUMP), Bench.ADMIN, bench.hostKey(JUMP));
            }
        },
        RUN_COMMAND {
            @Override
            String keys(Bench bench) {
                return "\"runCommand\": true";
            }
        };

        /** The keys of the machine in the setup file. */
        abstract String keys(Bench bench) throws Exception;
    }

    static Stream<Arguments> whole() {
        return Suite.tried()
                .filter(Suite::whole)
                .flatMap(suite -> Stream.of(Way.values()).map(way -> Arguments.of(suite, way)));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("whole")
    void aUserAssignedIdentityPullsOnABareMachine(Suite suite, Way way, RealWorld world) throws Exception {
        isSetUpAndRestored(way, world, world.bare(suite), Set.of(), Bench.USER_ASSIGNED);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("whole")
    void aSystemAssignedIdentityPullsWhereTheProgramsAre(Suite suite, Way way, RealWorld world) throws Exception {
        Set<Part> parts = Set.of(Part.DOCKER, Part.AZURE_CLI);
        isSetUpAndRestored(way, world, world.prepared(suite), parts, Bench.SYSTEM_ASSIGNED);
    }

    private void isSetUpAndRestored(Way way, RealWorld world, Disk disk, Set<Part> parts, String identity)
            throws Exception {
        try (RealBench bench = RealBench.in(world, disk, Pace.INSTANT, newFolder("real"), Time.system())) {
            String jump = bench.makeMachine(JUMP);
            String hidden = bench.makePrivateMachine(HIDDEN, JUMP);
            bench.prepare(hidden, parts);
            onlyReached(way, bench, jump, hidden);
            List<String> machine = inventory(bench, hidden);
            List<String> resources = bench.resources();

            Account account = account(bench, way, identity);

            assertThat(account.result()).as(account.log() + account.report()).isEqualTo(RunResult.SUCCEEDED);
            assertThat(account.log()).contains("Login Succeeded");
            assertThat(world.front().requests(bench.machine(hidden).address()))
                    .as("what real programs asked of Azure")
                    .contains(
                            "POST https://practiceclassic.azurecr.io/oauth2/exchange",
                            "HEAD https://practiceclassic.azurecr.io/v2/aci-helloworld/manifests/v1");
            assertThat(Set.copyOf(bench.called()))
                    .isEqualTo(way == Way.JUMP_HOST ? Set.of(bench.address(JUMP)) : Set.of());
            assertThat(account.report()).isEqualTo(inPractice(disk, way, parts, identity));

            Account undone = bench.undo();

            assertThat(undone.result()).as(undone.log() + undone.report()).isEqualTo(RunResult.SUCCEEDED);
            assertThat(bench.resources()).containsExactlyElementsOf(resources);
            assertThat(inventory(bench, hidden)).containsExactlyInAnyOrderElementsOf(machine);
        }
    }

    private static List<String> inventory(Bench bench, String machine) {
        return bench.tryOnMachine(machine, INVENTORY).stdout().lines().toList();
    }

    private static void onlyReached(Way way, RealBench bench, String jump, String hidden) {
        if (way == Way.RUN_COMMAND) {
            bench.onMachine(hidden, "systemctl disable --now ssh", "! pgrep sshd");
        } else {
            bench.onMachine(jump, "bash -c 'read -r banner < /dev/tcp/10.0.0.5/22; [[ $banner = SSH-* ]]'");
        }
        assertThat(bench.machine(hidden).isReached()).isFalse();
    }

    private static Account account(Bench bench, Way way, String identity) throws Exception {
        return bench.run(
                Bench.setup(HIDDEN, way.keys(bench), identity, "practiceclassic", "aci-helloworld:v1"), event -> {});
    }

    private String inPractice(Disk disk, Way way, Set<Part> parts, String identity) throws Exception {
        try (Bench bench =
                PracticeBench.of(disk.azureCli().version(), Pace.INSTANT, newFolder("practice"), Time.system())) {
            bench.makeMachine(JUMP);
            bench.prepare(bench.makePrivateMachine(HIDDEN, JUMP), parts);
            return account(bench, way, identity).report();
        }
    }

    private Path newFolder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }
}
