package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Registries that the machine reaches and this computer does not. */
@Timeout(120)
class PrivateRegistryTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USER_ASSIGNED = "\"user-assigned\", \"name\": \"myACRId\"";
    private static final String SYSTEM_ASSIGNED = "\"system-assigned\"";
    private static final Pattern PROVEN = Pattern.compile("proof .*sha256:[0-9a-f]{64}.*digest read by the machine");

    @TempDir
    private Path folder;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    static Stream<Arguments> examples() {
        return Stream.of("practiceprivate", "practicefirewall")
                .flatMap(registry -> Stream.of(USER_ASSIGNED, SYSTEM_ASSIGNED)
                        .flatMap(identity -> Stream.of(true, false).map(cli -> Arguments.of(registry, identity, cli))));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void thePullIsProvenByWhatTheRegistrySaysToTheMachine(String registry, String identity, boolean azureCli) {
        int status = program.setUp(setup(registry, "payroll/api:4.1", "practiceDocker", identity, azureCli));

        assertThat(status).as(program.printed()).isZero();
        assertThat(program.printed()).containsPattern(PROVEN).endsWith("Proven.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "practiceprivate, 'Registry practiceprivate has no public network access, and this computer is not in its"
                + " private network.'",
        "practicefirewall, 'Registry practicefirewall does not let this computer in. It sees its address as"
                + " 203.0.113.24.'"
    })
    void thePlanSaysThatTheMachineReadsTheImage(String registry, String why) throws IOException {
        Map<String, JsonNode> checks =
                checks(setup(registry, "payroll/api:4.1", "practiceDocker", USER_ASSIGNED, true), 0);

        JsonNode image = checks.get("Image “payroll/api:4.1”, read by the targets");
        assertThat(image.path("verdict").asText()).isEqualTo("unchecked");
        assertThat(image.at("/problem/what").asText()).isEqualTo(why);
        assertThat(checks.get("Registry “" + registry + "”").path("verdict").asText())
                .isEqualTo("good");
    }

    @Test
    void theRefusedAddressIsShownWithTheCommandThatLetsItInAndThatCommandHelps() throws Exception {
        String setup = setup("practicefirewall", "payroll/api:4.1", "practiceBare", USER_ASSIGNED, true);
        String address = address("practiceBare");
        String command = "az acr network-rule add --name practicefirewall --ip-address " + address;

        JsonNode check = checks(setup, 0).get("Firewall of registry “practicefirewall” for “practiceBare”");
        assertThat(check.at("/problem/meaning").asText())
                .containsPattern("^It lets in [0-9.]+\\. It refuses the machine");
        assertThat(check.at("/problem/details").asText()).isEmpty();
        assertThat(check.path("verdict").asText()).isEqualTo("doubtful");
        assertThat(check.at("/problem/command").asText())
                .isEqualTo(command + " --subscription " + program.cloud().subscriptionId());

        assertThat(program.setUp(setup)).as(program.printed()).isOne();
        assertThat(program.printed()).contains("The registry sees its address as " + address, command);

        program.faults().arm().admit(id("practicefirewall"), address);
        assertThat(checks(setup, 0)
                        .get("Firewall of registry “practicefirewall” for “practiceBare”")
                        .path("verdict")
                        .asText())
                .isEqualTo("good");
        assertThat(program.run("", "--resume", "last")).as(program.printed()).isZero();
        assertThat(program.printed()).containsPattern(PROVEN);
    }

    @Test
    void theExampleIsProven() throws IOException {
        assertThat(program.setUp(Files.readString(Path.of("assets", "example-private-registry.json"))))
                .as(program.printed())
                .isZero();
        assertThat(program.printed()).containsPattern(PROVEN);
    }

    @Test
    void aMachineOutsideThePrivateNetworkIsToldSo() {
        assertThat(program.setUp(setup("practiceprivate", "payroll/api:4.1", "practiceBare", USER_ASSIGNED, true)))
                .isOne();
        assertThat(program.printed())
                .contains(
                        "The firewall of registry practiceprivate does not let machine “practiceBare” in.",
                        "link the machine’s network with its private endpoint");
    }

    @Test
    void anImageThatTheMachineDoesNotFindIsReported() {
        assertThat(program.setUp(setup("practiceprivate", "payroll/api:9.9", "practiceDocker", USER_ASSIGNED, true)))
                .isOne();
        assertThat(program.printed()).contains("Registry practiceprivate.azurecr.io has no image “payroll/api:9.9”.");
    }

    @Test
    void aRegistryThatNobodyReachesIsReportedBeforeAnythingIsMade() throws IOException {
        JsonNode check = checks(setup("practicelocked", "secret/ledger:7.0", "practiceDocker", USER_ASSIGNED, true), 1)
                .get("Registry “practicelocked”");

        assertThat(check.path("verdict").asText()).isEqualTo("bad");
        assertThat(check.at("/problem/command").asText())
                .contains("az acr update --name practicelocked --public-network-enabled true");
    }

    @Test
    void everyCheckOfARegistryThatNobodyReachesSaysSo() throws IOException {
        String file = Files.writeString(
                        folder.resolve("setup.json"),
                        setup("practicelocked", "secret/ledger:7.0", "practiceDocker", USER_ASSIGNED, true))
                .toString();
        assertThat(program.run("", "--check", file)).isEqualTo(1);

        assertThat(program.printed().lines().filter(line -> line.endsWith(" (bad):")))
                .containsExactly(
                        "Registry “practicelocked” (bad):",
                        "Image “secret/ledger:7.0” (bad):",
                        "Answer of practicelocked.azurecr.io to this computer, which says how to sign in (bad):",
                        "Connection from “practiceDocker” to practicelocked.azurecr.io: name, certificate, answer"
                                + " (bad):");
        assertThat(program.printed())
                .containsOnlyOnce("Nobody reaches registry “practicelocked”.")
                .doesNotContain("doubtful", "does not need", "read by the targets", "link the machine’s network");
    }

    @Test
    void aNewMachineInANetworkOfItsOwnDoesNotReachPrivateEndpointsAndIsNotMade() throws IOException {
        String setup = newMachine("");
        JsonNode check = checks(setup, 1).get("Connection from new machine “myDockerVM” to registry “practiceprivate”");
        assertThat(check.path("verdict").asText()).isEqualTo("bad");
        assertThat(check.at("/problem/remedy").asText()).contains("\"subnet\" in the setup file");
        assertThat(check.at("/problem/details").asText()).contains("practiceDockerVNET", "practiceJumpVNET");

        List<String> before = program.resources();
        assertThat(program.setUp(setup)).as(program.printed()).isOne();
        assertThat(program.resources()).isEqualTo(before);
    }

    @Test
    void aNewMachineInASubnetReachesAPrivateEndpointInItsNetworkAndNoneElsewhere() throws IOException {
        String what = "Connection from new machine “myDockerVM” to registry “practiceprivate”";
        assertThat(checks(newMachine(subnet("practiceJump")), 0)
                        .get(what)
                        .path("verdict")
                        .asText())
                .isEqualTo("good");
        assertThat(checks(newMachine(subnet("practiceBare")), 1)
                        .get(what)
                        .path("verdict")
                        .asText())
                .isEqualTo("bad");
    }

    private static String newMachine(String more) {
        return setup("practiceprivate", "payroll/api:4.1", "practiceDocker", USER_ASSIGNED, true)
                .replace("\"name\": \"practiceDocker\", \"create\": false", "\"name\": \"myDockerVM\"" + more);
    }

    private String subnet(String machine) {
        String network = id(machine + "VNET");
        return ", \"subnet\": \"" + network + "/subnets/" + machine + "Subnet\"";
    }

    @Test
    void theSampleIsImportedAndUndoLeavesItWithTheCommandThatDeletesIt() {
        String setup = setup("practiceprivate", "aci-helloworld:v9", "practiceDocker", USER_ASSIGNED, true)
                .replace(
                        "\"create\": false, \"resourceGroup\": \"practiceReg",
                        "\"create\": false, \"importSample\": true, \"resourceGroup\": \"practiceReg");
        assertThat(program.setUp(setup)).as(program.printed()).isZero();
        assertThat(program.printed()).containsPattern(PROVEN);

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();

        assertThat(program.printed())
                .contains("the registry does not let this computer in (203.0.113.24)")
                .contains("az acr repository delete --name practiceprivate --image aci-helloworld:v9");
        assertThat(program.cloud().images())
                .anyMatch(image -> image.startsWith("practiceprivate.azurecr.io/aci-helloworld:v9"));
        assertThat(program.resources()).noneMatch(id -> id.contains("myResourceGroup"));
    }

    private String address(String machine) {
        return program.cloud()
                .resource(id(machine + "PublicIP"))
                .orElseThrow()
                .at("/properties/ipAddress")
                .asText();
    }

    /** The id of what has this name. */
    private String id(String name) {
        return program.resources().stream()
                .filter(id -> id.endsWith("/" + name))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, JsonNode> checks(String setup, int status) throws IOException {
        Path file = Files.writeString(folder.resolve("plan.json"), setup);
        assertThat(program.run("", "--plan", file.toString(), "--output", "json"))
                .as(program.printed())
                .isEqualTo(status);
        Map<String, JsonNode> checks = new LinkedHashMap<>();
        for (String line : program.printed().lines().toList()) {
            JsonNode json = JSON.readTree(line);
            if (json.path("type").asText().equals("check")) {
                checks.put(json.path("what").asText(), json);
            }
        }
        return checks;
    }

    private static String setup(String registry, String image, String machine, String identity, boolean azureCli) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "%s", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "%s", "machines": [{"name": "%s", "create": false, "resourceGroup": "practiceMachines"}],
                 "identity": {"kind": %s}, "azureCli": %s}
                """.formatted(registry, image, machine, identity, azureCli);
    }
}
