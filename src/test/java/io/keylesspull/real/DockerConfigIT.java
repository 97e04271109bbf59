package io.keylesspull.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.real.Bench.Part;
import io.keylesspull.time.Time;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a Docker configuration that an administrator has already, kept elsewhere and linked to. */
@ExtendWith(RealWorldExtension.class)
@Timeout(600)
class DockerConfigIT {

    private static final String KEPT = "/root/kept/docker.json";

    @TempDir
    private Path folder;

    static Stream<Suite> suites() {
        return Suite.tried();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aLinkStaysOneAndWhatItLeadsToIsMerged(Suite suite, RealWorld world) throws Exception {
        try (RealBench bench = RealBench.in(world, world.prepared(suite), Pace.INSTANT, folder, Time.system())) {
            String machine = bench.makeMachine("linked");
            bench.prepare(machine, Set.of(Part.DOCKER, Part.DOCKER_GROUP));
            bench.onMachine(
                    machine,
                    "mkdir -p /root/.docker /root/kept",
                    "printf '{\"detachKeys\": \"ctrl-a\"}' > " + KEPT,
                    "chmod 0640 " + KEPT,
                    "ln -s ../kept/docker.json /root/.docker/config.json");

            Account account = bench.run(
                    Bench.setup("linked", Bench.WITHOUT_AZURE_CLI, "practiceclassic", "aci-helloworld:v1"),
                    event -> {});

            assertThat(account.result()).as(account.log() + account.told()).isEqualTo(RunResult.SUCCEEDED);
            assertThat(bench.tryOnMachine(machine, "readlink /root/.docker/config.json", "stat -c %a " + KEPT)
                            .stdout())
                    .isEqualTo("../kept/docker.json\n640\n");
            assertThat(bench.tryOnMachine(machine, "cat " + KEPT).stdout())
                    .contains("\"detachKeys\": \"ctrl-a\"", "\"practiceclassic.azurecr.io\":");
            bench.pullAgain(machine, "practiceclassic.azurecr.io/aci-helloworld:v1");
        }
    }
}
