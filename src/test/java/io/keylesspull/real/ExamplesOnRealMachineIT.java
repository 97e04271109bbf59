package io.keylesspull.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.RunEvent.RunResult;
import io.keylesspull.practice.Pace;
import io.keylesspull.time.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial's two examples, from a bare machine to the compared digest, by real programs. */
@ExtendWith(RealWorldExtension.class)
@Timeout(1500)
class ExamplesOnRealMachineIT {

    private static final String REGISTRY = "practiceclassic";
    private static final String IMAGE = "aci-helloworld:v1";

    @TempDir
    private Path folder;

    @Test
    void bothAreDoneByTheProductsOwnStepsAsOnPracticeMachines(RealWorld world) throws Exception {
        try (Bench practice = PracticeBench.of(Pace.INSTANT, Files.createDirectory(folder.resolve("practice")),
                Time.system());
             RealBench real = RealBench.in(world, RootImage.LAYER, Pace.INSTANT,
                Files.createDirectory(folder.resolve("real")), Time.system())) {
            String machine = real.makeMachine("example1");
            real.makeMachine("example2");
            CompletableFuture<Account> first = start(real, "example1", Bench.USER_ASSIGNED);
            CompletableFuture<Account> second = start(real, "example2", Bench.SYSTEM_ASSIGNED);
            isDone(first.join());
            isDone(second.join());

            assertThat(world.front().requests()).as("what real programs asked of Azure and its registry").contains(
                    "GET http://169.254.169.254/metadata/identity/oauth2/token",
                    "GET https://packages.microsoft.com/keys/microsoft.asc",
                    "GET https://packages.microsoft.com/repos/azure-cli/pool/main/a/azure-cli/azure-cli_all.deb",
                    "GET https://management.azure.com/subscriptions",
                    "GET https://mcr.microsoft.com/v2/hello-world/manifests/latest",
                    "POST https://practiceclassic.azurecr.io/oauth2/exchange",
                    "POST https://practiceclassic.azurecr.io/oauth2/token",
                    "HEAD https://practiceclassic.azurecr.io/v2/aci-helloworld/manifests/v1");
            isAsInPractice(first.join(), practice, "example1", Bench.USER_ASSIGNED);
            isAsInPractice(second.join(), practice, "example2", Bench.SYSTEM_ASSIGNED);
            if (!world.hasPrepared()) {
                world.keepAsPrepared(real.machine(machine));
            }
        }
    }

    private static CompletableFuture<Account> start(Bench bench, String machine, String identity) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return bench.run(Bench.setup(machine, identity, REGISTRY, IMAGE), event -> { });
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private static void isDone(Account account) {
        assertThat(account.result()).as(account.log() + account.told()).isEqualTo(RunResult.SUCCEEDED);
        assertThat(account.log()).contains("Hello from Docker!").contains("Login Succeeded");
    }

    private static void isAsInPractice(Account real, Bench practice, String machine, String identity)
            throws Exception {
        practice.prepare(practice.makeMachine(machine), Set.of());
        Account practised = practice.run(Bench.setup(machine, identity, REGISTRY, IMAGE), event -> { });
        assertThat(practised.told()).isEqualTo(real.told());
    }
}
