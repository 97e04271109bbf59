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

/** Docker where its package brings no client: from Debian 13 on that is another package, which is only recommended. */
@ExtendWith(RealWorldExtension.class)
@Timeout(600)
class DockerClientIT {

    @TempDir
    private Path folder;

    static Stream<Suite> suites() {
        return Suite.tried();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void theClientIsThereWhereAptLeavesOutWhatIsRecommended(Suite suite, RealWorld world) throws Exception {
        try (RealBench bench = RealBench.in(world, world.prepared(suite), Pace.INSTANT, folder, Time.system())) {
            String machine = bench.makeMachine("lean");
            bench.prepare(machine, Set.of());
            bench.onMachine(machine, "echo 'APT::Install-Recommends \"false\";' > /etc/apt/apt.conf.d/99lean");

            Account account = bench.run(
                    Bench.setup("lean", Bench.WITHOUT_AZURE_CLI, "practiceclassic", "aci-helloworld:v1"), event -> {});

            assertThat(account.result()).as(account.log() + account.told()).isEqualTo(RunResult.SUCCEEDED);
        }
    }
}
