package io.keylesspull.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.RunEvent.RunResult;
import io.keylesspull.practice.Pace;
import io.keylesspull.time.Time;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesOnRealMachineIT {

    @TempDir
    private Path folder;

    @Test
    void theTutorialIsDoneFromABareMachineToTheComparedDigest() throws Exception {
        try (RealCloud real = RealCloud.start(Pace.INSTANT, Time.system());
             Bench bench = new Bench(real.cloud(), real.machines(), folder, Time.system())) {
            bench.makeMachine("example1");
            Account account = bench.run("""
                    {"version": 1, "location": "japaneast",
                     "resourceGroup": {"name": "practiceMachines", "create": false},
                     "registry": {"name": "practiceclassic", "create": false, "importSample": false,
                                  "resourceGroup": "practiceRegistries"},
                     "image": "aci-helloworld:v1",
                     "machines": [{"name": "example1", "create": false}],
                     "identity": {"kind": "user-assigned", "name": "myACRId", "create": true}, "role": "AcrPull"}
                    """, event -> { });
            System.out.println(account.log());
            real.front().requests().forEach(System.out::println);
            assertThat(account.result()).as(account.log() + account.problem()).isEqualTo(RunResult.SUCCEEDED);
        }
    }
}
