package io.keylesspull.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.resourcemanager.resources.models.Deployment;
import com.azure.resourcemanager.resources.models.DeploymentMode;
import io.keylesspull.app.ProgramInPractice;
import io.keylesspull.fault.VirtualTime;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.machine.Hypervisor.CommandOutput;
import io.keylesspull.practice.machine.Hypervisor.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program exports for new machines really runs on them, as Azure's machines run it. */
class ExportedCloudInitTest {

    private static final String GROUP = "byTemplate";
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static final String MACHINE = "/resourceGroups/byTemplate/providers/Microsoft.Compute/virtualMachines/web";

    private static final String IMAGE = "practiceclassic.azurecr.io/aci-helloworld:v1";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"identity\": {\"kind\": \"user-assigned\", \"name\": \"myACRId\"}",
                "\"identity\": {\"kind\": \"user-assigned\", \"name\": \"myACRId\"}, \"azureCli\": false",
                "\"identity\": {\"kind\": \"system-assigned\"}"
            })
    void theMachineHasTheImage(String choices) throws Exception {
        VirtualTime time = new VirtualTime();
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.REALISTIC, time)) {
            PracticeCloudFixture azure = new PracticeCloudFixture(program.cloud());
            String template = template(program, choices);
            azure.azure.resourceGroups().define(GROUP).withRegion("japaneast").create();
            azure.azure
                    .deployments()
                    .define("exported")
                    .withExistingResourceGroup(GROUP)
                    .withTemplate(template)
                    .withParameters("{\"sshPublicKey\": {\"value\": \"" + KEY + "\"}}")
                    .withMode(DeploymentMode.INCREMENTAL)
                    .beginCreate();

            String state = "";
            for (int i = 0; i < 30 && !state.matches("Succeeded|Failed"); i++) {
                time.sleep(Duration.ofSeconds(10));
                Deployment deployment = azure.azure.deployments().getByResourceGroup(GROUP, "exported");
                state = deployment.provisioningState();
            }
            assertThat(state).isEqualTo("Succeeded");
            for (int i = 0;
                    i < 60
                            && says(program, "cat /var/lib/keyless-pull/done && echo done")
                                    .isEmpty();
                    i++) {
                time.sleep(Duration.ofSeconds(20));
            }

            String journal = says(program, "journalctl --no-pager --unit keyless-pull");
            assertThat(says(program, "cloud-init status")).as(journal).isEqualTo("status: done\n");
            assertThat(says(program, "docker image inspect --format '{{json .RepoDigests}}' " + IMAGE))
                    .as(journal)
                    .startsWith("[\"practiceclassic.azurecr.io/aci-helloworld@sha256:");
            assertThat(says(program, "systemctl show -p Result --value keyless-pull"))
                    .isEqualTo("success\n");
            assertThat(says(program, "test -e /var/lib/keyless-pull/done && echo done"))
                    .isEqualTo("done\n");
            assertThat(journal).contains("Finished keyless-pull.service");
        }
    }

    private String template(ProgramInPractice program, String choices) throws Exception {
        Path file = Files.writeString(folder.resolve("setup.json"), """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "byTemplate"},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1",
                 "machines": [{"name": "web", "create": true, "size": "Standard_B2s"}], %s}
                """.formatted(choices));
        assertThat(program.run("", "--plan", file.toString(), "--export=arm"))
                .as(program.printed())
                .isZero();
        return program.printed();
    }

    private static String says(ProgramInPractice program, String line) throws Exception {
        CommandOutput output = program.cloud()
                .machine("/subscriptions/" + program.cloud().subscriptionId() + MACHINE)
                .run(new Script(line, Map.of(), List.of(), Optional.empty(), Optional.empty()));
        return output.stdout();
    }
}
