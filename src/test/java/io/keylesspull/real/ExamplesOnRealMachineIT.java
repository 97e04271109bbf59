package io.keylesspull.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tutorial's two examples, from a bare machine to the compared digest, by real programs. */
@ExtendWith(RealWorldExtension.class)
@Timeout(1500)
@Order(1) // They take longest.
class ExamplesOnRealMachineIT {

    private static final String MACHINE = "bare";
    private static final String IMAGE = "practiceclassic.azurecr.io/aci-helloworld:v1";

    @TempDir
    private Path folder;

    static Stream<Suite> tried() {
        return Suite.tried();
    }

    static Stream<Suite> whole() {
        return Suite.tried().filter(Suite::whole);
    }

    @ParameterizedTest
    @MethodSource("tried")
    void aUserAssignedIdentityPullsByTheProductsOwnSteps(Suite suite, RealWorld world) throws Exception {
        pulls(suite, world, Bench.USER_ASSIGNED);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("whole")
    void aSystemAssignedIdentityPullsByTheProductsOwnSteps(Suite suite, RealWorld world) throws Exception {
        pulls(suite, world, Bench.SYSTEM_ASSIGNED);
    }

    private void pulls(Suite suite, RealWorld world, String identity) throws Exception {
        Disk disk = world.bare(suite);
        try (RealBench bench = RealBench.in(world, disk, Pace.INSTANT, newFolder("real"), Time.system())) {
            String machine = bench.makeMachine(MACHINE);
            Account account = done(world, bench, machine, identity);
            pullsGoOn(bench, machine);
            assertThat(account.report()).isEqualTo(inPractice(disk, identity));
        }
    }

    /**
     * There is no stored login any more; then its token would have expired; then the machine has been rebooted. Cron's
     * jobs pull too.
     */
    private static void pullsGoOn(Bench bench, String machine) {
        bench.onMachine(machine, "! grep '\"auth\"' /home/" + Bench.ADMIN + "/.docker/config.json");
        bench.pullAgain(machine, IMAGE);
        bench.clock().goOn(Duration.ofHours(4));
        bench.pullAgain(machine, IMAGE);
        bench.reboot(machine);
        bench.pullAgain(machine, IMAGE);
        bench.onMachine(
                machine, "docker image rm " + IMAGE, "env -i HOME=/root PATH=/usr/bin:/bin docker pull " + IMAGE);
    }

    private static Account done(RealWorld world, RealBench bench, String machine, String identity) throws Exception {
        Account account =
                bench.run(Bench.setup(MACHINE, identity, "practiceclassic", "aci-helloworld:v1"), event -> {});
        assertThat(account.result()).as(account.log() + account.report()).isEqualTo(RunResult.SUCCEEDED);
        assertThat(account.log()).contains("Hello from Docker!").contains("Login Succeeded");
        assertThat(world.front().requests(bench.machine(machine).address()))
                .as("what real programs asked of Azure")
                .contains(
                        "GET http://169.254.169.254/metadata/identity/oauth2/token",
                        "GET https://packages.microsoft.com/keys/microsoft.asc",
                        "GET https://packages.microsoft.com/repos/azure-cli/pool/main/a/azure-cli/azure-cli.deb",
                        "GET https://management.azure.com/subscriptions",
                        "HEAD https://mcr.microsoft.com/v2/hello-world/manifests/latest",
                        "POST https://practiceclassic.azurecr.io/oauth2/exchange",
                        "GET https://practiceclassic.azurecr.io/oauth2/token",
                        "HEAD https://practiceclassic.azurecr.io/v2/aci-helloworld/manifests/v1");
        return account;
    }

    private String inPractice(Disk disk, String identity) throws Exception {
        try (Bench bench =
                PracticeBench.of(disk.azureCli().version(), Pace.INSTANT, newFolder("practice"), Time.system())) {
            bench.prepare(bench.makeMachine(MACHINE), Set.of());
            return bench.run(Bench.setup(MACHINE, identity, "practiceclassic", "aci-helloworld:v1"), event -> {})
                    .report();
        }
    }

    private Path newFolder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }
}
