package io.keylesspull.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.real.Bench.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What may go wrong with a jump host, by real SSH servers; and that the product reports the same in practice. */
@ExtendWith(RealWorldExtension.class)
@Timeout(600)
class JumpHostOnRealMachineIT {

    private static final String JUMP = "jump";
    private static final String HIDDEN = "hidden";
    private static final String PRIVATE = "\"address\": \"private\", ";

    @TempDir
    private Path folder;

    @Test
    void aJumpHostThatForbidsForwardingIsNamed(RealWorld world) throws Exception {
        String real;
        try (RealBench bench = real(world)) {
            real = forbidden(bench);
        }
        assertThat(real)
                .contains("does not open connections to other machines")
                .contains("AllowTcpForwarding, PermitOpen in sshd_config")
                .doesNotContain("waited: connect");
        try (Bench bench = practice(world)) {
            assertThat(forbidden(bench)).isEqualTo(real);
        }
    }

    private static String forbidden(Bench bench) throws Exception {
        bench.makePrivateMachine(HIDDEN, JUMP);
        bench.forbidForwarding(
                bench.azure().machines().find(Bench.GROUP, JUMP).orElseThrow().id());
        Account account = bench.run(setup(bench, ""), event -> {});
        assertThat(account.result()).isEqualTo(RunResult.FAILED);
        return account.report();
    }

    /** In the jump host's network it is the jump host itself that has the machine's private address. */
    @Test
    void aPrivateAddressWhereAnotherMachineAnswersIsNotTaken(RealWorld world) throws Exception {
        String real;
        try (RealBench bench = real(world)) {
            bench.makeMachine(HIDDEN);
            Account account = bench.run(setup(bench, PRIVATE), event -> {});
            real = account.report();
            assertThat(account.result()).isEqualTo(RunResult.FAILED);
        }
        assertThat(real).contains("The server at ADDRESS (port 22) is not the expected machine");
        try (Bench bench = practice(world)) {
            bench.makeMachine(HIDDEN);
            assertThat(bench.run(setup(bench, PRIVATE), event -> {}).report()).isEqualTo(real);
        }
    }

    @Test
    void aJumpHostThatRestartsInTheMiddleIsUsedAgain(RealWorld world) throws Exception {
        String real;
        try (RealBench bench = real(world)) {
            real = interrupted(bench);
        }
        try (Bench bench = practice(world)) {
            assertThat(interrupted(bench)).isEqualTo(real);
        }
    }

    private static String interrupted(Bench bench) throws Exception {
        String jump =
                bench.azure().machines().find(Bench.GROUP, JUMP).orElseThrow().id();
        bench.prepare(bench.makePrivateMachine(HIDDEN, JUMP), Set.of(Part.DOCKER, Part.DOCKER_GROUP));
        AtomicBoolean down = new AtomicBoolean();
        Consumer<RunEvent> listener = event -> {
            if (event instanceof RunEvent.CommandStarted started
                    && started.shown().startsWith("docker pull")
                    && down.compareAndSet(false, true)) {
                bench.cutPower(jump);
            }
        };
        Account account = bench.run(setup(bench, ""), listener);
        assertThat(account.result()).as(account.report()).isEqualTo(RunResult.SUCCEEDED);
        return account.report();
    }

    private static String setup(Bench bench, String address) throws Exception {
        String way = "\"ssh\": {%s\"jumpHosts\": [{\"host\": \"%s\", \"user\": \"%s\", \"hostKey\": \"%s\"}]}"
                .formatted(address, bench.address(JUMP), Bench.ADMIN, bench.hostKey(JUMP));
        return Bench.setup(HIDDEN, way, Bench.WITHOUT_AZURE_CLI, "practiceclassic", "aci-helloworld:v1");
    }

    private RealBench real(RealWorld world) throws Exception {
        RealBench bench = RealBench.in(
                world,
                world.prepared(Suite.BOOKWORM),
                Pace.INSTANT,
                Files.createDirectory(folder.resolve("real")),
                new FasterTime());
        bench.makeMachine(JUMP);
        return bench;
    }

    private Bench practice(RealWorld world) throws Exception {
        Bench bench = PracticeBench.of(
                world.prepared(Suite.BOOKWORM).azureCli().version(),
                Pace.INSTANT,
                Files.createDirectory(folder.resolve("practice")),
                new FasterTime());
        bench.makeMachine(JUMP);
        return bench;
    }
}
