package io.keylesspull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.app.ProgramInPractice;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.time.Time;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real Azure CLI deploys what the program exports, which ends in what a run of the program makes. */
class ExportedTemplateTest {

    private static final String REGISTRY_THERE =
            "{\"name\": \"practiceabac\", \"create\": false, \"resourceGroup\": \"practiceRegistries\"}";
    private static final String NEW_REGISTRY =
            "{\"name\": \"byTemplateRegistry\", \"create\": true, \"importSample\": true}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"kind\": \"user-assigned\", \"name\": \"myACRId\"}; true; ''",
                "{\"kind\": \"system-assigned\"}; true; ', \"publicAddress\": false'",
                "{\"kind\": \"user-assigned\", \"name\": \"myACRId\"}; false; ''",
            })
    void aTemplateEndsInTheStateOfARun(String identity, boolean newRegistry, String network) throws Exception {
        String setup = """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "byTemplate"},
                 "registry": %s, "image": "aci-helloworld:v1",
                 "machines": [{"name": "web", "create": true, "size": "Standard_B2s"%s}], "identity": %s}
                """.formatted(newRegistry ? NEW_REGISTRY : REGISTRY_THERE, network, identity);
        Set<String> byTemplate = deployed(setup, newRegistry);
        try (ProgramInPractice program =
                new ProgramInPractice(Files.createDirectory(folder.resolve("run")), Pace.INSTANT, Time.system())) {
            assertThat(program.setUp(setup)).as(program.printed()).isZero();
            assertThat(byTemplate).isEqualTo(made(program));
        }
    }

    @Test
    void aTemplateWithAScaleSetEndsInTheStateOfARun() throws Exception {
        String setup = """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "byTemplate"},
                 "registry": %s, "image": "aci-helloworld:v1",
                 "machines": [{"name": "web", "create": true, "size": "Standard_B1s"}],
                 "scaleSet": {"name": "fleet", "instances": 3, "size": "Standard_B1s"},
                 "identity": {"kind": "user-assigned", "name": "myACRId"}}
                """.formatted(REGISTRY_THERE);
        Set<String> byTemplate = deployed(setup, false);
        assertThat(byTemplate)
                .filteredOn(id -> id.contains("/virtualmachines/fleet_"))
                .containsExactly("/providers/microsoft.compute/virtualmachines/fleet_0 × 3");
        try (ProgramInPractice program =
                new ProgramInPractice(Files.createDirectory(folder.resolve("run")), Pace.INSTANT, Time.system())) {
            assertThat(program.setUp(setup)).as(program.printed()).isZero();
            assertThat(byTemplate).isEqualTo(made(program));
        }
    }

    /** Whoever types them works in another subscription. */
    @Test
    void theCommandsOfItsNotesRunAsTheyStandThere() throws Exception {
        String setup = """
                {"version": 1, "subscription": "Practice subscription", "location": "japaneast",
                 "resourceGroup": {"name": "byTemplate"}, "registry": {"name": "practiceclassic", "create": false,
                 "resourceGroup": "practiceRegistries"}, "image": "aci-helloworld:v1",
                 "machines": [{"name": "practiceDocker", "create": false, "resourceGroup": "practiceMachines"}],
                 "scaleSet": {"name": "fleet", "instances": 2, "size": "Standard_B1s"},
                 "identity": {"kind": "user-assigned", "name": "myACRId"}}
                """;
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system());
                PracticeServer server = program.cloud().serve(0, new SecureRandom())) {
            CurrentAzureCli cli =
                    CurrentAzureCli.open(Files.createDirectory(folder.resolve("home")), program.cloud(), server);
            Path file = Files.writeString(folder.resolve("setup.json"), setup);
            assertThat(program.run("", "--plan", file.toString(), "--export=arm"))
                    .as(program.printed())
                    .isZero();
            String template = program.printed();
            Files.writeString(cli.home().resolve("azuredeploy.json"), template);
            cli.signIn(program.cloud());
            cli.az("account", "set", "--subscription", "Empty practice subscription");
            List<String> commands = new ArrayList<>(List.of("set -eux"));
            new ObjectMapper()
                    .readTree(template)
                    .path("metadata")
                    .forEach(lines -> lines.forEach(line -> commands.add(
                            line.asText().startsWith("  az ") ? line.asText().strip() : ":")));
            Path script = Files.writeString(
                    folder.resolve("notes.sh"),
                    String.join("\n", commands)
                            .replaceFirst("(az deployment .*)", "$1 --parameters sshPublicKey='" + publicKey() + "'")
                            .replaceFirst("(az vmss list-instances .*)", "instance=\\$($1 | head -n 1)")
                            .replace(" INSTANCE ", " \"$instance\" "));

            ProgramResult result = cli.run(script, Duration.ofMinutes(10));

            assertThat(result.status()).as(result.out() + "\n" + result.err()).isZero();
            assertThat(commands)
                    .filteredOn(command -> command.startsWith("az "))
                    .hasSizeGreaterThanOrEqualTo(6);
        }
    }

    private Set<String> deployed(String setup, boolean newRegistry) throws Exception {
        Path own = Files.createDirectory(folder.resolve("template"));
        try (ProgramInPractice program = new ProgramInPractice(own, Pace.INSTANT, Time.system());
                PracticeServer server = program.cloud().serve(0, new SecureRandom())) {
            CurrentAzureCli cli =
                    CurrentAzureCli.open(Files.createDirectory(own.resolve("home")), program.cloud(), server);
            Path file = Files.writeString(own.resolve("setup.json"), setup);
            assertThat(program.run("", "--plan", file.toString(), "--export=arm"))
                    .as(program.printed())
                    .isZero();
            Files.writeString(cli.home().resolve("azuredeploy.json"), program.printed());
            cli.signIn(program.cloud());
            cli.az("group", "create", "--name", "byTemplate", "--location", "japaneast");

            JsonNode deployment = cli.az(
                    "deployment",
                    "group",
                    "create",
                    "--resource-group",
                    "byTemplate",
                    "--template-file",
                    "azuredeploy.json",
                    "--parameters",
                    "sshPublicKey=" + publicKey());

            assertThat(deployment.at("/properties/provisioningState").asText()).isEqualTo("Succeeded");
            assertThat(deployment.at("/properties/outputs/image/value").asText())
                    .endsWith(".azurecr.io/aci-helloworld:v1");
            program.run("", "--plan", file.toString(), "--output", "json");
            assertThat(program.printed()
                            .lines()
                            .filter(line -> line.contains("\"plannedChange\""))
                            .filter(line ->
                                    !line.contains("\"ssh-key\"") && !(newRegistry && line.contains("\"image\"")))
                            .map(line -> line.replaceFirst(".*\"kind\":\"(\\w+)\".*", "$1"))
                            .distinct()
                            .toList())
                    .as("a run finds it all")
                    .isSubsetOf(List.of("find", "ifMissing"));
            return made(program);
        }
    }

    /** What is in the group, and the roles. Of what has a name by chance, such as instances, it says how many. */
    private static Set<String> made(ProgramInPractice program) {
        Set<String> made = new TreeSet<>();
        program.cloud()
                .resourceIds()
                .filter(id -> id.contains("/resourceGroups/byTemplate/"))
                .filter(id -> !id.contains("/disks/") && !id.contains("/deployments/"))
                .map(id -> id.substring(id.indexOf("/providers/")).toLowerCase(Locale.ROOT))
                .map(id -> id.replaceFirst("(?<=[-_])[0-9a-f]{8}$", "0"))
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()))
                .forEach((id, number) -> made.add(number == 1 ? id : id + " × " + number));
        program.cloud().roleAssignments().stream()
                .filter(role -> role.at("/properties/scope").asText().contains("/registries/"))
                .map(role -> "role " + role.at("/properties/roleDefinitionId").asText() + " at "
                        + role.at("/properties/scope").asText() + " "
                        + role.at("/properties/condition").asText(""))
                .map(role -> role.toLowerCase(Locale.ROOT))
                .forEach(made::add);
        return made;
    }

    static String publicKey() {
        byte[] type = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer key = ByteBuffer.allocate(4 + type.length + 4 + 32);
        key.putInt(type.length).put(type).putInt(32);
        return "ssh-ed25519 " + Base64.getEncoder().encodeToString(key.array());
    }
}
