package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.app.cli.ExitStatus;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls after the setup has ended, on a machine that was there before it. */
@Timeout(120)
class KeptPullsTest {

    private static final String REGISTRY = "practiceclassic.azurecr.io";
    private static final String IMAGE = REGISTRY + "/aci-helloworld:v1";
    private static final String CONFIG = "/home/azureuser/.docker/config.json";
    private static final String ROOTS_CONFIG = "/root/.docker/config.json";
    private static final String HELPER = "acr-managed-identity";

    @TempDir
    private Path folder;

    private final LaterTime time = new LaterTime();

    @AutoClose
    private ProgramInPractice program = new ProgramInPractice(time);

    private OnMachine machine;

    @BeforeEach
    void begin() {
        machine = new OnMachine(program.cloud(), "practiceBare");
    }

    private static String setup(String identity, String registry, boolean keepSignedIn, boolean azureCli) {
        return """
                {"version": 1, "location": "japaneast",
                 "resourceGroup": {"name": "practiceMachines", "create": false},
                 "registry": {"name": "%s", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", "machines": [{"name": "practiceBare", "create": false}],
                 "identity": {"kind": "%s"%s}, "keepSignedIn": %s, "azureCli": %s}
                """.formatted(
                        registry,
                        identity,
                        identity.equals("user-assigned") ? ", \"name\": \"myACRId\"" : "",
                        keepSignedIn,
                        azureCli);
    }

    private void setUp(String identity, String registry, boolean keepSignedIn, boolean azureCli) {
        assertThat(program.setUp(setup(identity, registry, keepSignedIn, azureCli)))
                .as(program.printed())
                .isZero();
    }

    private void setUp(boolean azureCli) {
        setUp("user-assigned", "practiceclassic", true, azureCli);
    }

    private void undo() {
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
    }

    private List<String> typed() {
        return program.printed()
                .lines()
                .filter(line -> line.contains(" $ "))
                .map(line -> line.substring(line.indexOf(" $ ") + 3))
                .toList();
    }

    private void pulls(String... pull) throws Exception {
        machine.types("docker", "image", "rm", IMAGE);
        CommandResult pulled = machine.types(pull);
        assertThat(pulled.stdout()).as(pulled.stderr()).contains("Status: Downloaded newer image for " + IMAGE);
        assertThat(pulled.stderr()).isEmpty();
    }

    private void pullsAsUserAndAsRoot() throws Exception {
        pulls("docker", "pull", IMAGE);
        pulls("sudo", "docker", "pull", IMAGE);
    }

    private void write(String path, String content, String mode) throws Exception {
        assertThat(machine.types("mkdir", "-p", path.substring(0, path.lastIndexOf('/')))
                        .ok())
                .isTrue();
        assertThat(machine.runs(Command.of("tee", path).withStdin(content)).ok())
                .isTrue();
        assertThat(machine.types("chmod", mode, path).ok()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"user-assigned, true", "user-assigned, false", "system-assigned, true", "system-assigned, false"})
    void pullsGoOnWithoutAStoredLoginAfterTheTokenExpiredAndAfterAReboot(String identity, boolean azureCli)
            throws Exception {
        setUp(identity, "practiceclassic", true, azureCli);

        assertThat(machine.file(CONFIG))
                .hasValueSatisfying(
                        config -> assertThat(config).contains(HELPER).doesNotContain("\"auth\""));
        pullsAsUserAndAsRoot();
        time.sleep(Duration.ofHours(4));
        pullsAsUserAndAsRoot();
        machine.reboot();
        pullsAsUserAndAsRoot();
    }

    @Test
    void withoutTheHelperTheSignInEndsAfterThreeHours() throws Exception {
        setUp("user-assigned", "practiceclassic", false, true);

        assertThat(typed()).noneMatch(command -> command.contains("docker-credential-"));
        pulls("docker", "pull", IMAGE);
        time.sleep(Duration.ofHours(4));
        assertThat(machine.types("docker", "pull", IMAGE).stderr()).contains("401 Unauthorized");
        undo();
        assertThat(typed()).contains("docker logout " + REGISTRY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"practiceclassic", "practiceabac"})
    void withoutTheAzureCliNothingOfItIsInThePlanAndThePullIsProven(String registry) {
        setUp("user-assigned", registry, true, false);

        assertThat(program.printed())
                .contains("  proof ")
                .doesNotContain("azure-cli")
                .doesNotContain("Azure CLI");
        assertThat(typed())
                .noneMatch(command -> command.startsWith("az "))
                .contains("docker pull " + registry + ".azurecr.io/aci-helloworld:v1");
    }

    @Test
    void aRoleThatHasNotTakenEffectIsWaitedForWithoutTheAzureCliToo() {
        program.close();
        program = new ProgramInPractice(folder, Pace.REALISTIC, time);

        setUp("system-assigned", "practiceclassic", true, false);
        // Docker and the helper are there now: the other identity's role is needed before it has taken effect.
        setUp("user-assigned", "practiceclassic", true, false);

        assertThat(program.printed())
                .contains(
                        "the role has not taken effect yet; try 1, next in 5 s",
                        "refuses the managed identity (401): it has no role there, or not yet",
                        "Proven.");
    }

    @Test
    void anIdentityThatHasNotReachedTheMachineIsWaitedForWithoutTheAzureCliToo() {
        program.faults().http().add(RequestMatcher.to("169.254.169.254"), Occasions.first(2), HttpFault.status(400));

        setUp(false);

        assertThat(program.printed())
                .contains(
                        "the machine cannot get a token for its identity yet; try 2",
                        "the instance metadata service gives no token for the managed identity (400)",
                        "Proven.");
    }

    @Test
    void aRegistryThatRefusesForGoodIsGivenUpWithTheReason() {
        program.faults()
                .http()
                .add(RequestMatcher.to(REGISTRY).path("/oauth2/exchange"), Occasions.always(), HttpFault.status(401));

        assertThat(program.setUp(setup("user-assigned", "practiceclassic", true, false)))
                .isEqualTo(ExitStatus.FAILED);

        assertThat(program.printed()).contains("After 12 minutes, registry " + REGISTRY + " still refuses machine");
    }

    @Test
    void whatIsNotTheSignInsFaultFailsAtOnce() {
        program.faults()
                .http()
                .add(
                        RequestMatcher.to(REGISTRY).path("/v2/aci-helloworld/manifests/v1"),
                        Occasions.always(),
                        HttpFault.status(404));

        assertThat(program.setUp(setup("user-assigned", "practiceclassic", true, false)))
                .isEqualTo(ExitStatus.FAILED);

        assertThat(program.printed())
                .contains("Registry " + REGISTRY + " has no image “aci-helloworld:v1”.")
                .doesNotContain("; try 1, next in");
    }

    @Test
    void theTutorialsPullIsProvenBeforeTheHelperTakesOver() {
        setUp(true);

        assertThat(typed())
                .containsSubsequence(
                        "az acr login --name practiceclassic",
                        "docker pull " + IMAGE,
                        "docker logout " + REGISTRY,
                        "mv /home/azureuser/.docker/config.json.keyless-pull /home/azureuser/.docker/config.json",
                        "docker pull " + IMAGE);
        assertThat(program.printed()).contains("  pull-again ").contains("Proven.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runAgainTheHelperIsFoundAndLeftAlone(boolean azureCli) {
        setUp(azureCli);
        assertThat(program.printed()).contains("created: docker-credential-" + HELPER);
        assertThat(program.printed().split("# A Docker credential helper for Azure", -1))
                .hasSize(2);

        setUp(azureCli);

        assertThat(program.printed())
                .contains("found: docker-credential-" + HELPER)
                .doesNotContain("created:")
                .doesNotContain("changed:");
        assertThat(typed()).noneMatch(command -> command.contains("tee ") || command.contains("cat > "));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void undoTakesTheHelperAwayAndWhatWasMadeForIt(boolean azureCli) throws Exception {
        setUp(azureCli);
        String helper = program.printed()
                .lines()
                .filter(line -> line.contains("created: docker-credential-"))
                .map(line -> line.replaceFirst(".*created: ", "/usr/bin/"))
                .findFirst()
                .orElseThrow();
        assertThat(machine.file(helper))
                .hasValueSatisfying(file -> assertThat(file).startsWith("root 755 #!/bin/sh\n"));

        undo();

        assertThat(program.printed())
                .contains("the credential helper for Docker (" + helper
                        + ", .docker/config.json, /root/.docker/config.json)");
        assertThat(machine.file(helper)).isEmpty();
        assertThat(machine.file(ROOTS_CONFIG)).isEmpty();
        assertThat(machine.types("sudo", "test", "-d", "/root/.docker").ok()).isFalse();
        assertThat(machine.types("test", "-e", ".docker").ok()).isFalse();
        assertThat(machine.types("test", "-e", ".azure").ok()).isFalse();
    }

    @Test
    void dockerSettingsFromBeforeStayAndAreAsBeforeAfterUndo() throws Exception {
        String before = """
                {
                	"auths": {
                		"other.example": {
                			"auth": "dXNlcjpwYXNzd29yZA==",
                			"password": "eyJhbGciOi.eyJhdWQiOi.c2lnbmF0"
                		}
                	},
                	"HttpHeaders": {
                		"日本": "語"
                	},
                	"credHelpers": {
                		"gcr.io": "gcloud"
                	},
                	"weights": [
                		1.10,
                		12345678901234567890
                	],
                	"empty": {}
                }""";
        write(CONFIG, before, "0640");

        setUp(false);

        assertThat(machine.file(CONFIG))
                .hasValueSatisfying(config -> assertThat(config)
                        .startsWith("azureuser 640 ")
                        .contains(
                                "\"password\": \"eyJhbGciOi.eyJhdWQiOi.c2lnbmF0\"",
                                "\"日本\": \"語\"",
                                "1.10,",
                                "\"gcr.io\": \"gcloud\",\n\t\t\"" + REGISTRY + "\": \"" + HELPER + "-"));
        assertThat(program.printed()).doesNotContain("dXNlcjpwYXNzd29yZA==").doesNotContain("日本");
        undo();
        assertThat(machine.file(CONFIG)).contains("azureuser 640 " + before);
        assertThat(program.printed()).doesNotContain("dXNlcjpwYXNzd29yZA==").doesNotContain("日本");
    }

    @Test
    void aConfigurationThatCannotBeReadIsReportedAndLeftAsItIs() throws Exception {
        String config = "{\"auths\": {";
        write(CONFIG, config, "0600");

        assertThat(program.setUp(setup("user-assigned", "practiceclassic", true, false)))
                .isEqualTo(ExitStatus.FAILED);

        assertThat(program.printed())
                .contains("Docker's configuration .docker/config.json on machine “practiceBare” "
                        + "is not JSON that can be understood.");
        assertThat(typed()).noneMatch(command -> command.contains("docker-credential-"));
        assertThat(machine.file(CONFIG)).contains("azureuser 600 " + config);
        assertThat(machine.file(ROOTS_CONFIG)).isEmpty();
    }

    @Test
    void anotherIdentityTakesOverAndUndoGivesBack() throws Exception {
        setUp("user-assigned", "practiceclassic", true, false);
        String before = machine.file(CONFIG).orElseThrow();

        setUp("system-assigned", "practiceclassic", true, false);

        assertThat(machine.file(CONFIG))
                .hasValueSatisfying(config -> assertThat(config).contains("\"" + HELPER + "\""));
        pulls("sudo", "docker", "pull", IMAGE);
        undo();
        assertThat(machine.file(CONFIG)).contains(before);
        assertThat(machine.file("/usr/bin/docker-credential-" + HELPER)).isEmpty();
        pulls("sudo", "docker", "pull", IMAGE);
    }

    @Test
    void anotherHelperForTheRegistryIsReportedAndLeftAsItIs() throws Exception {
        String config = "{\"credHelpers\": {\"" + REGISTRY + "\": \"acr-env\"}}";
        write(CONFIG, config, "0600");

        assertThat(program.setUp(setup("system-assigned", "practiceclassic", true, false)))
                .isEqualTo(ExitStatus.FAILED);

        assertThat(program.printed()).contains("already asks the credential helper “acr-env” for " + REGISTRY);
        assertThat(machine.file(CONFIG)).contains("azureuser 600 " + config);
    }

    @Test
    void whatSomebodyAddedMeanwhileOutlivesUndo() throws Exception {
        setUp(false);
        String helper = machine.file(CONFIG).orElseThrow().replaceAll("(?s).*\"(" + HELPER + "[^\"]*)\".*", "$1");
        write(
                CONFIG,
                "{\"credHelpers\": {\"" + REGISTRY + "\": \"" + helper + "\"}, \"detachKeys\": \"ctrl-q\"}",
                "0600");
        write("/home/azureuser/.docker/other", "kept", "0600");

        undo();

        assertThat(machine.file(CONFIG)).contains("azureuser 600 {\n\t\"detachKeys\": \"ctrl-q\"\n}");
    }
}
