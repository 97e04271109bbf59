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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                .containsEntry(
                        "Answer of practiceclassic.azurecr.io to this computer, which says how to sign in", "good")
                .containsEntry("Your account’s token, exchanged by practiceclassic.azurecr.io", "good")
                .containsEntry(
                        "Connection from “practiceDocker” to practiceclassic.azurecr.io: name, certificate, answer",
                        "good")
                .containsEntry("Instance metadata service on “practiceDocker”", "good")
                .containsEntry("Image “aci-helloworld:v1”", "good");
        assertThat(program.resources()).isEqualTo(before);
        assertThat(program.runs()).doesNotExist();
    }

    @Test
    void aPrivateRegistryIsSeenByItsMachine() throws IOException {
        assertThat(checked(setup("practiceprivate", "practiceDocker"), 0))
                .containsEntry(
                        "Answer of practiceprivate.azurecr.io to this computer, which says how to sign in", "doubtful")
                .doesNotContainKey("Your account’s token, exchanged by practiceprivate.azurecr.io")
                .containsEntry(
                        "Connection from “practiceDocker” to practiceprivate.azurecr.io: name, certificate, answer",
                        "good");
    }

    @Test
    void aRegistryOfAnotherSubscriptionThanTheMachinesIsFoundAndNamed() throws IOException {
        Map<String, String> verdicts = checked(
                setup("practiceclassic", "practice0001")
                        .replace("\"version\": 1,", "\"version\": 1, \"subscription\": \"Many machines\",")
                        .replace("practiceMachines", "manyMachines"),
                1);

        assertThat(verdicts).containsEntry("Registry “practiceclassic”", "bad");
        assertThat(program.printed())
                .contains("Registry “practiceclassic” is in subscription “Practice subscription”, not in that of the")
                .contains("az acr import --name REGISTRY --source aci-helloworld:v1 --registry /subscriptions/")
                .contains("/registries/practiceclassic --subscription 1b8f5c20-e7a4-4d69-b3c2-7f0e9d6a8c15");
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
                        "Connection from “practiceBare” to practiceprivate.azurecr.io: name, certificate, answer",
                        "bad");
        assertThat(program.printed())
                .contains("public network access is off", "make a private endpoint")
                .doesNotContain("az acr network-rule add");
    }

    @Test
    void aMachineWithoutTheIdentityIsNotAskedForItsToken() throws IOException {
        assertThat(checked(setup("practiceclassic", "practiceDocker"), 0))
                .containsEntry(trial("practiceclassic"), "unchecked");
        assertThat(program.printed()).contains("does not have the identity yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"practiceclassic", "practiceabac", "practiceprivate"})
    void aMachineThatIsSetUpGetsATokenOfTheRegistryAndForTheRepository(String registry) throws IOException {
        String setup = setup(registry, "practiceDocker");
        assertThat(program.setUp(setup)).as(program.printed()).isZero();
        List<String> before = program.resources();
        List<String> inventory = inventory("practiceDocker");

        assertThat(checked(setup, 0)).containsEntry(trial(registry), "good");

        // Neither a token of the directory (a JWT) nor one of the registry.
        assertThat(program.printed()).doesNotContain("eyJ", "_token");
        assertThat(program.resources()).isEqualTo(before);
        assertThat(inventory("practiceDocker")).isEqualTo(inventory);
    }

    @Test
    void anImageThatOnlyTheMachineReadsIsReadByIt() throws IOException {
        String setup = setup("practiceprivate", "practiceDocker");
        assertThat(program.setUp(setup)).as(program.printed()).isZero();

        assertThat(checked(setup, 0)).containsEntry("Image “aci-helloworld:v1”, read by the targets", "good");
        assertThat(checked(setup.replace("aci-helloworld:v1", "aci-helloworld:v7"), 1))
                .containsEntry("Image “aci-helloworld:v7”, read by the targets", "bad");
    }

    @Test
    void aSystemAssignedIdentityIsAskedForItsTokenBeforeItHasTheRole() throws IOException {
        String setup = setup("practiceclassic", "practiceDocker")
                .replace("\"kind\": \"user-assigned\", \"name\": \"myACRId\"", "\"kind\": \"system-assigned\"");
        assertThat(program.setUp(setup)).as(program.printed()).isZero();
        String other = setup.replace("practiceclassic", "practiceopen");

        assertThat(checked(setup, 0)).containsEntry(trial("practiceclassic"), "good");
        assertThat(checked(other, 0)).containsEntry(trial("practiceopen"), "unchecked");
        assertThat(program.printed()).contains("its identity has no role there").doesNotContain("eyJ");
    }

    @ParameterizedTest
    @CsvSource({
        "/oauth2/exchange, 401, doubtful, does not exchange the token of machine “practiceDocker”",
        "/oauth2/token, 401, doubtful, gives machine “practiceDocker” no token for repository “aci-helloworld”",
        "/oauth2/exchange, 503, doubtful, It could not be found out on machine “practiceDocker”"
    })
    void aRoleThatTheRegistryDoesNotHonourIsDoubtful(String path, int status, String verdict, String words)
            throws IOException {
        String setup = setup("practiceclassic", "practiceDocker");
        assertThat(program.setUp(setup)).as(program.printed()).isZero();
        program.faults()
                .http()
                .add(
                        RequestMatcher.to("*.azurecr.io").path(path).ofMachines(),
                        Occasions.always(),
                        HttpFault.status(status));

        assertThat(checked(setup, 0)).containsEntry(trial("practiceclassic"), verdict);
        assertThat(program.printed()).contains(words).doesNotContain("eyJ");
    }

    @Test
    void anIdentityThatTheMetadataServiceDoesNotKnowYetIsDoubtful() throws IOException {
        String setup = setup("practiceclassic", "practiceDocker");
        assertThat(program.setUp(setup)).as(program.printed()).isZero();
        program.faults()
                .http()
                .add(
                        RequestMatcher.to("169.254.169.254").path("/identity/").ofMachines(),
                        Occasions.always(),
                        HttpFault.status(400));

        assertThat(checked(setup, 0)).containsEntry(trial("practiceclassic"), "doubtful");
        assertThat(program.printed()).contains("no token for the identity");
    }

    @Test
    void aMachineIsAskedEverythingByOneScript() throws IOException {
        String setup = setup("practiceclassic", "practiceDocker");
        assertThat(program.setUp(setup)).as(program.printed()).isZero();
        AtomicInteger scripts = new AtomicInteger();
        program.faults()
                .http()
                .before(
                        RequestMatcher.to("management.azure.com").path("/runCommand$"),
                        Occasions.always(),
                        scripts::incrementAndGet);

        checked(setup, 0);

        assertThat(scripts).hasValue(1);
    }

    private static String trial(String registry) {
        return "Sign-in of “practiceDocker” to " + registry
                + ".azurecr.io with its managed identity, for repository “aci-helloworld”";
    }

    private List<String> inventory(String machine) {
        return program.cloud()
                .machine(program.resources().stream()
                        .filter(id -> id.endsWith("/virtualMachines/" + machine))
                        .findFirst()
                        .orElseThrow())
                .inventory();
    }

    @Test
    void aNameThatTheMachineCannotResolveFailsTheCheck() throws IOException {
        program.faults()
                .http()
                .add(RequestMatcher.to("*.azurecr.io").ofMachines(), Occasions.always(), HttpFault.unknownHost());

        assertThat(checked(setup("practiceclassic", "practiceDocker"), 1))
                .containsEntry(
                        "Connection from “practiceDocker” to practiceclassic.azurecr.io: name, certificate, answer",
                        "bad");
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
                .containsEntry("Image “aci-helloworld:v1”, read by the targets", "unchecked");
    }

    @Test
    void nothingIsGoodAboutARegistryThatIsMissing() throws IOException {
        assertThat(checked(setup("nowhere", "practiceDocker"), 1))
                .containsEntry("Registry “nowhere”", "bad")
                .doesNotContainKeys("Your right to grant roles", "Image “aci-helloworld:v1”");
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
                        "bad          Connection from “practiceBare” to practicefirewall.azurecr.io",
                        "az acr network-rule add --name practicefirewall --ip-address ",
                        "The firewall of registry practicefirewall does not let machine",
                        "At least one check says that the run would fail.");
        assertThat(program.printed().lines().filter(line -> line.contains("network-rule add")))
                .isNotEmpty()
                .allMatch(line -> line.contains(" --subscription "));
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
                        Image “aci-helloworld:v1”, read by the targets (not checked):
                        Answer of practiceprivate.azurecr.io to this computer, which says how to sign in (doubtful):
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
                ProgramInPractice.assertRemedied(json);
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
