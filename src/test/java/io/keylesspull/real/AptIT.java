package io.keylesspull.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.time.Time;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each suite's apt and dpkg do on a machine that is not as a cloud image has it. */
@ExtendWith(RealWorldExtension.class)
@Timeout(600)
class AptIT {

    private static final String MACHINE = "packages";

    @TempDir
    private Path folder;

    static Stream<Suite> suites() {
        return Suite.tried();
    }

    /** From Debian 13 on Docker's client is a package of its own, which Docker's only recommends. */
    @ParameterizedTest
    @MethodSource("suites")
    void dockersClientIsThereAlsoIfAptLeavesOutWhatIsRecommended(Suite suite, RealWorld world) throws Exception {
        try (RealBench bench = bench(suite, world)) {
            String machine = machine(bench);
            bench.onMachine(machine, "echo 'APT::Install-Recommends \"false\";' > /etc/apt/apt.conf.d/99lean");

            Account account = run(bench);

            assertThat(account.result()).as(account.log() + account.report()).isEqualTo(RunResult.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aPackageThatWouldGoStopsTheInstallation(Suite suite, RealWorld world) throws Exception {
        try (RealBench bench = bench(suite, world)) {
            String machine = machine(bench);
            bench.onMachine(
                    machine,
                    "dpkg --purge containerd runc",
                    "mkdir -p /tmp/io/DEBIAN",
                    "cat > /tmp/io/DEBIAN/control <<'END'",
                    // As Docker's own package says it.
                    """
                    Package: containerd.io
                    Version: 1.7.28-1
                    Architecture: amd64
                    Maintainer: Keyless Pull's tests <nobody@example.org>
                    Provides: containerd, runc
                    Conflicts: containerd, runc
                    Replaces: containerd, runc
                    Description: stands in for Docker's containerd""",
                    "END",
                    "dpkg-deb --build /tmp/io /tmp/io.deb",
                    "dpkg --install /tmp/io.deb");

            Account account = run(bench);

            assertThat(account.result()).as(account.log() + account.report()).isEqualTo(RunResult.FAILED);
            assertThat(account.report()).contains("step: docker: failed").containsPattern("problem: .*containerd\\.io");
            bench.onMachine(machine, "dpkg --status containerd.io && ! dpkg --status docker.io");
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void whatDpkgWasInterruptedInIsFinishedFirst(Suite suite, RealWorld world) throws Exception {
        try (RealBench bench = bench(suite, world)) {
            String machine = machine(bench);
            // Where dpkg notes down what it does until all of it is done.
            bench.onMachine(
                    machine,
                    "sed -n '/^Package: bash$/,/^$/p' /var/lib/dpkg/status |"
                            + " sed 's/^Status: .*/Status: install ok unpacked/' > /var/lib/dpkg/updates/0000");

            Account account = run(bench);

            assertThat(account.result()).as(account.log() + account.report()).isEqualTo(RunResult.SUCCEEDED);
            assertThat(account.log()).contains("dpkg was interrupted").contains("Setting up bash");
        }
    }

    private RealBench bench(Suite suite, RealWorld world) throws Exception {
        return RealBench.in(world, world.prepared(suite), Pace.INSTANT, folder, Time.system());
    }

    /** One without Docker. */
    private static String machine(RealBench bench) throws Exception {
        String machine = bench.makeMachine(MACHINE);
        bench.prepare(machine, Set.of());
        return machine;
    }

    private static Account run(RealBench bench) throws Exception {
        return bench.run(
                Bench.setup(MACHINE, Bench.WITHOUT_AZURE_CLI, "practiceclassic", "aci-helloworld:v1"), event -> {});
    }
}
