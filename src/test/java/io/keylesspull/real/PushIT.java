package io.keylesspull.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.machine.Hypervisor.CommandOutput;
import io.keylesspull.real.Bench.Part;
import io.keylesspull.time.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the role lets a machine do beyond pulling, tried with the image it has just pulled under another name. */
@ExtendWith(RealWorldExtension.class)
@Timeout(600)
class PushIT {

    private static final Set<Part> ALL = Set.of(Part.DOCKER, Part.AZURE_CLI, Part.DOCKER_GROUP);
    private static final String REGISTRY = "practiceclassic";
    private static final String LOGIN_SERVER = REGISTRY + ".azurecr.io";
    private static final String PULLED = "aci-helloworld:v1";

    @TempDir
    private Path folder;

    static Stream<Suite> suites() {
        return Suite.tried().filter(Suite::whole);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("suites")
    void acrPushPushesARetaggedImage(Suite suite, RealWorld world) throws Exception {
        Disk disk = world.prepared(suite);
        try (Bench practice = practice(disk);
                Bench real = real(world, disk)) {
            assertThat(pushed(practice, "AcrPush")).isEqualTo(new Pushed(0, true));
            assertThat(pushed(real, "AcrPush")).isEqualTo(new Pushed(0, true));
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("suites")
    void acrPullIsRefusedToPush(Suite suite, RealWorld world) throws Exception {
        Disk disk = world.prepared(suite);
        try (Bench practice = practice(disk);
                Bench real = real(world, disk)) {
            assertThat(pushed(practice, "AcrPull")).isEqualTo(new Pushed(1, false));
            assertThat(pushed(real, "AcrPull")).isEqualTo(new Pushed(1, false));
        }
    }

    /** @param arrived whether the registry has under the new name what Docker says that it pushed */
    private record Pushed(int status, boolean arrived) {}

    private static Pushed pushed(Bench bench, String role) throws Exception {
        String machine = bench.makeMachine("pushing");
        bench.prepare(machine, ALL);
        Account account = bench.run(
                Bench.setup("pushing", Bench.SYSTEM_ASSIGNED, REGISTRY, PULLED).replace("AcrPull", role), event -> {});
        assertThat(account.result()).as(account.log() + account.report()).isEqualTo(RunResult.SUCCEEDED);
        String target = LOGIN_SERVER + "/pushed:v2";
        bench.onMachine(machine, asAdmin("docker tag " + LOGIN_SERVER + "/" + PULLED + " " + target));
        CommandOutput push = bench.tryOnMachine(machine, asAdmin("docker push " + target));
        if (push.exitStatus() != 0) {
            assertThat(push.stdout() + push.stderr()).containsAnyOf("denied", "unauthorized");
        }
        // Docker packs layers anew, so that this is seldom the digest of what was pulled.
        Optional<String> digest = bench.azure().images().digest(LOGIN_SERVER, "pushed", "v2");
        return new Pushed(
                push.exitStatus(), digest.isPresent() && push.stdout().contains("v2: digest: " + digest.get()));
    }

    private static String asAdmin(String command) {
        return "sudo -H -u " + Bench.ADMIN + " " + command;
    }

    private Bench practice(Disk disk) throws Exception {
        return PracticeBench.of(
                disk.azureCli().version(),
                Pace.INSTANT,
                Files.createDirectory(folder.resolve("practice")),
                Time.system());
    }

    private Bench real(RealWorld world, Disk disk) throws Exception {
        return RealBench.in(world, disk, Pace.INSTANT, Files.createDirectory(folder.resolve("real")), Time.system());
    }
}
