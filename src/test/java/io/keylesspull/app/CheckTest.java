package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --check} looks further than a plan, and changes nothing. */
@Timeout(120)
class CheckTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    @Test
    void everyStageOfTheWayToTheRegistryIsGoodAndNothingIsChanged() throws IOException {
        List<String> before = program.resources();

        Map<String, String> verdicts = checked(setup("practiceclassic", "practiceDocker"), 0);

        assertThat(verdicts)
                .containsEntry("Name practiceclassic.azurecr.io, resolved from this computer", "good")
                .containsEntry(
                        "Connection to practiceclassic.azurecr.io and its certificate, from this computer", "good")
                .containsEntry("Answer of practiceclassic.azurecr.io, which tells how to sign in", "good")
                .containsEntry("Your account’s token, exchanged by practiceclassic.azurecr.io", "good")
                .containsEntry(
                        "Way from “practiceDocker” to practiceclassic.azurecr.io: name, certificate, answer", "good")
                .containsEntry("Instance metadata service on “practiceDocker”", "good")
                .containsEntry("Image “aci-helloworld:v1”", "good");
        assertThat(program.resources()).isEqualTo(before);
        assertThat(program.runs()).doesNotExist();
    }

    @Test
    void aPrivateRegistryIsSeenByItsMachine() throws IOException {
        assertThat(checked(setup("practiceprivate", "practiceDocker"), 0))
                .containsEntry("Answer of practiceprivate.azurecr.io, which tells how to sign in", "doubtful")
                .doesNotContainKey("Your account’s token, exchanged by practiceprivate.azurecr.io")
                .containsEntry(
                        "Way from “practiceDocker” to practiceprivate.azurecr.io: name, certificate, answer", "good");
    }

    /** As with ABAC, where even an owner may not read; the machine may. */
    @Test
    void anAccountThatMayNotReadTheImagesItselfIsNoReasonToStop() throws IOException {
        assertThat(checked(setup("practiceabac", "practiceDocker"), 0))
                .containsEntry("Your account’s token, exchanged by practiceabac.azurecr.io", "doubtful");
        assertThat(program.printed()).contains("You may not read the images").doesNotContain("date and time");
    }

    @Test
    void aMachineThatTheRegistryRefusesFailsTheCheck() throws IOException {
        assertThat(checked(setup("practiceprivate", "practiceBare"), 1))
                .containsEntry(
                        "Way from “practiceBare” to practiceprivate.azurecr.io: name, certificate, answer", "bad");
        assertThat(program.printed())
                .contains("public network access is off", "az network private-endpoint create")
                .doesNotContain("az acr network-rule add");
    }

    @Test
    void aNameThatTheMachineCannotResolveFailsTheCheck() throws IOException {
        program.faults()
                .http()
                .add(RequestMatcher.to("*.azurecr.io").ofMachines(), Occasions.always(), HttpFault.unknownHost());

        assertThat(checked(setup("practiceclassic", "practiceDocker"), 1))
                .containsEntry(
                        "Way from “practiceDocker” to practiceclassic.azurecr.io: name, certificate, answer", "bad");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "practiceclassic; practiceclassic.azurecr.io, *.blob.core.windows.net",
                "practiceopen; practiceopen.azurecr.io, practiceopen.japaneast.data.azurecr.io"
            })
    void aRegistryThatTheMachineDoesNotReachIsReportedWithTheHostsThatItNeeds(String registry, String hosts)
            throws IOException {
        program.faults()
                .http()
                .add(
                        RequestMatcher.to("*.azurecr.io").ofMachines(),
                        Occasions.always(),
                        HttpFault.noAnswer("20.1.2.3"));

        checked(setup(registry, "practiceDocker"), 1);

        assertThat(program.printed())
                .contains("On port 443 the machine needs: " + hosts
                        + ", login.microsoftonline.com, management.azure.com.");
    }

    @Test
    void aMetadataServiceThatDoesNotAnswerFailsTheCheck() throws IOException {
        program.faults()
                .http()
                .add(
                        RequestMatcher.to("169.254.169.254").ofMachines(),
                        Occasions.always(),
                        HttpFault.noAnswer("169.254.169.254"));

        assertThat(checked(setup("practiceclassic", "practiceDocker"), 1))
                .containsEntry("Instance metadata service on “practiceDocker”", "bad");
    }

    @Test
    void aConnectionThatBreaksHereIsLeftToTheMachine() throws IOException {
        program.faults()
                .http()
                .add(RequestMatcher.to("*.azurecr.io").ofClients(), Occasions.always(), HttpFault.reset());

        assertThat(checked(setup("practiceclassic", "practiceDocker"), 0))
                .containsEntry("Name practiceclassic.azurecr.io, resolved from this computer", "good")
                .containsEntry(
                        "Connection to practiceclassic.azurecr.io and its certificate, from this computer", "doubtful")
                .containsEntry("Image “aci-helloworld:v1”, read by the machine: not checked", "doubtful");
    }

    @Test
    void whatIsNotThereYetIsNotLookedAt() throws IOException {
        Map<String, String> verdicts = checked("""
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                 "machines": [{"name": "myDockerVM"}], "identity": {"kind": "system-assigned"}}
                """, 0);

        assertThat(verdicts.keySet()).noneMatch(what -> what.contains("azurecr.io"));
    }

    @Test
    void aFileThatIsNoSetupIsMisuse() throws IOException {
        Path file = Files.writeString(folder.resolve("setup.json"), "{}");

        assertThat(program.run("", "--check", file.toString())).isEqualTo(2);
    }

    @Test
    void peopleReadTheVerdictAndTheCommandThatHelps() throws IOException {
        Path file = Files.writeString(folder.resolve("setup.json"), setup("practicefirewall", "practiceBare"));

        assertThat(program.run("", "--check", file.toString())).isOne();

        assertThat(program.printed())
                .contains(
                        "bad       Way from “practiceBare” to practicefirewall.azurecr.io",
                        "az acr network-rule add --name practicefirewall --ip-address ",
                        "At least one check says that the run would fail.");
    }

    @Test
    void whatTwoChecksFindIsPrintedOnceBelowBothTheirNames() throws IOException {
        Path file = Files.writeString(folder.resolve("setup.json"), setup("practiceprivate", "practiceDocker"));

        assertThat(program.run("", "--check", file.toString()))
                .as(program.printed())
                .isZero();

        assertThat(program.printed())
                .containsOnlyOnce("Registry practiceprivate has no public network access")
                .contains("""
                        Image “aci-helloworld:v1”, read by the machine: not checked (doubtful):
                        Answer of practiceprivate.azurecr.io, which tells how to sign in (doubtful):
                        Registry practiceprivate has no public network access""");
    }

    @Test
    void ofAMissingSubnetNoRightIsAsked() throws IOException {
        String network = program.resources().stream()
                .filter(id -> id.endsWith("/practiceBareVNET"))
                .findFirst()
                .orElseThrow();
        String setup = setup("practiceclassic", "myDockerVM")
                .replace(
                        "\"create\": false, \"resourceGroup\": \"practiceMachines\"",
                        "\"subnet\": \"" + network + "/subnets/nowhere\"");

        assertThat(checked(setup, 1))
                .containsEntry("Subnet practiceBareVNET/nowhere", "bad")
                .doesNotContainKey("Your right to put machines into subnet practiceBareVNET/nowhere");
    }

    /** @return the verdict of each check */
    private Map<String, String> checked(String setup, int status) throws IOException {
        Path file = Files.writeString(folder.resolve("setup.json"), setup);
        assertThat(program.run("", "--check", file.toString(), "--output", "json"))
                .as(program.printed())
                .isEqualTo(status);
        Map<String, String> verdicts = new LinkedHashMap<>();
        for (String line : program.printed().lines().toList()) {
            JsonNode json = JSON.readTree(line);
            assertThat(json.path("type").asText()).isIn("check", "notice");
            if (json.path("type").asText().equals("check")) {
                assertThat(verdicts.put(
                                json.path("what").asText(), json.path("verdict").asText()))
                        .isNull();
            }
        }
        return verdicts;
    }

    private static String setup(String registry, String machine) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "%s", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1",
                 "machines": [{"name": "%s", "create": false, "resourceGroup": "practiceMachines"}],
                 "identity": {"kind": "user-assigned", "name": "myACRId"}}
                """.formatted(registry, machine);
    }
}
