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
import org.junit.jupiter.params.provider.CsvSource;
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

            assertThat(account.result()).as(account.log() + account.report()).isEqualTo(RunResult.SUCCEEDED);
            assertThat(bench.tryOnMachine(machine, "readlink /root/.docker/config.json", "stat -c %a " + KEPT)
                            .stdout())
                    .isEqualTo("../kept/docker.json\n640\n");
            assertThat(bench.tryOnMachine(machine, "cat " + KEPT).stdout())
                    .contains("\"detachKeys\": \"ctrl-a\"", "\"practiceclassic.azurecr.io\":");
            bench.pullAgain(machine, "practiceclassic.azurecr.io/aci-helloworld:v1");
        }
    }

    /** @param more what is done in the folder with a file that Docker could use */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
            printf '{ // ours' > config.json                              | is not JSON that can be understood
            chown root config.json; chmod 600 config.json                 | cannot read Docker's configuration
            chmod 500 .                                                   | cannot write Docker's configuration
            chown root . config.json; chmod 644 config.json; chmod 1777 . | cannot write Docker's configuration
            """)
    void whatCannotBeUsedStopsTheSetupAndStaysAsItWas(String more, String words, RealWorld world) throws Exception {
        try (RealBench bench =
                RealBench.in(world, world.prepared(Suite.BOOKWORM), Pace.INSTANT, folder, Time.system())) {
            String machine = bench.makeMachine("found");
            bench.prepare(machine, Set.of(Part.DOCKER, Part.DOCKER_GROUP));
            String config = "/home/" + Bench.ADMIN + "/.docker";
            bench.onMachine(
                    machine,
                    "mkdir -p " + config,
                    "cd " + config,
                    "printf '{\"detachKeys\": \"ctrl-a\"}' > config.json",
                    "chown " + Bench.ADMIN + " . config.json",
                    more);
            String list = "ls -lan --time-style=+ " + config + "; cat " + config + "/config.json";
            String before = bench.tryOnMachine(machine, list).stdout();

            Account account = bench.run(
                    Bench.setup("found", Bench.WITHOUT_AZURE_CLI, "practiceclassic", "aci-helloworld:v1"), event -> {});

            assertThat(account.result()).isEqualTo(RunResult.FAILED);
            assertThat(account.log() + account.report()).contains(words);
            assertThat(bench.tryOnMachine(machine, list).stdout()).isEqualTo(before);
        }
    }
}
