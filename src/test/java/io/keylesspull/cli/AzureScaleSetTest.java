package io.keylesspull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.app.ProgramInPractice;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Azure CLI looks after the scale set that a run of the program made. */
class AzureScaleSetTest {

    private static final String GROUP = "byRun";
    private static final String SETUP = """
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "byRun"},
             "registry": {"name": "practiceabac", "create": false, "resourceGroup": "practiceRegistries"},
             "image": "aci-helloworld:v1", "scaleSet": {"name": "fleet", "instances": 3, "size": "Standard_B1s"},
             "identity": {"kind": "user-assigned", "name": "myACRId"}}
            """;

    @TempDir
    private Path folder;

    @Test
    void itIsListedAskedAndDeletedLikeAnyOther() throws Exception {
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system());
                PracticeServer server = program.cloud().serve(0, new SecureRandom())) {
            assertThat(program.setUp(SETUP)).as(program.printed()).isZero();
            CurrentAzureCli cli =
                    CurrentAzureCli.open(Files.createDirectory(folder.resolve("home")), program.cloud(), server);
            cli.signIn(program.cloud());

            assertThat(cli.az("vmss", "list"))
                    .extracting(set -> set.path("name").asText())
                    .containsExactly("fleet");
            assertThat(cli.az("vmss", "list", "--resource-group", GROUP)).hasSize(1);
            JsonNode shown = named(cli, "show");
            assertThat(shown.path("orchestrationMode").asText()).isEqualTo("Flexible");
            assertThat(shown.at("/sku/capacity").asInt()).isEqualTo(3);
            assertThat(shown.at("/identity/userAssignedIdentities").fieldNames())
                    .toIterable()
                    .singleElement()
                    .asString()
                    .endsWith("/myACRId");
            JsonNode instances = named(cli, "list-instances");
            assertThat(instances)
                    .hasSize(3)
                    .allSatisfy(one -> assertThat(one.path("instanceId").asText())
                            .matches("fleet_[0-9a-f]{8}")
                            .isEqualTo(one.path("name").asText()));
            String instance = instances.path(0).path("name").asText();
            assertThat(invoke(cli, "vm", "--name", instance)
                            .at("/value/0/message")
                            .asText())
                    .contains("practiceabac.azurecr.io/aci-helloworld", "sha256:");
            assertThat(cli.az("vm", "list", "--resource-group", GROUP))
                    .extracting(one -> one.path("name").asText())
                    .contains(instance);

            cli.az(
                    "vmss",
                    "delete-instances",
                    "--resource-group",
                    GROUP,
                    "--name",
                    "fleet",
                    "--instance-ids",
                    instance);
            assertThat(named(cli, "list-instances")).hasSize(2);
            assertThat(named(cli, "show").at("/sku/capacity").asInt()).isEqualTo(2);
            named(cli, "delete");
            assertThat(cli.az("vmss", "list")).isEmpty();
            assertThat(program.cloud().resourceIds()).noneMatch(id -> id.contains("/virtualMachines/fleet_"));
        }
    }

    @Test
    void whatOnlyUniformScaleSetsDoIsRefused() throws Exception {
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system());
                PracticeServer server = program.cloud().serve(0, new SecureRandom())) {
            assertThat(program.setUp(SETUP)).as(program.printed()).isZero();
            CurrentAzureCli cli =
                    CurrentAzureCli.open(Files.createDirectory(folder.resolve("home")), program.cloud(), server);
            cli.signIn(program.cloud());
            String instance = named(cli, "list-instances").path(0).path("name").asText();

            ProgramResult refused = cli.tryAz(
                    "vmss",
                    "run-command",
                    "invoke",
                    "--resource-group",
                    GROUP,
                    "--name",
                    "fleet",
                    "--instance-id",
                    instance,
                    "--command-id",
                    "RunShellScript",
                    "--scripts",
                    "hostname");
            assertThat(refused.status()).isNotZero();
            assertThat(refused.err()).contains("OperationNotAllowed", "Flexible");
        }
    }

    private static JsonNode invoke(CurrentAzureCli cli, String kind, String option, String name)
            throws IOException, InterruptedException {
        return cli.az(
                kind,
                "run-command",
                "invoke",
                "--resource-group",
                GROUP,
                option,
                name,
                "--command-id",
                "RunShellScript",
                "--scripts",
                "docker images --digests");
    }

    private static JsonNode named(CurrentAzureCli cli, String verb) throws IOException, InterruptedException {
        return cli.az("vmss", verb, "--resource-group", GROUP, "--name", "fleet");
    }
}
