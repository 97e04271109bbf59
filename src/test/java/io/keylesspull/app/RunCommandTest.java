package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.app.cli.ExitStatus;
import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.azure.signin.SignIns;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.setup.request.SetupFile;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.setup.step.connection.RunCommandAccess;
import io.keylesspull.time.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines that are reached by Run Command, without SSH. */
class RunCommandTest {

    private static final String USER_ASSIGNED = "\"kind\": \"user-assigned\", \"name\": \"myACRId\"";
    private static final String SYSTEM_ASSIGNED = "\"kind\": \"system-assigned\"";
    private static final RequestMatcher AZURE = RequestMatcher.to("management.azure.com");
    private static final String ON = "\"runCommand\": true";

    private static final String NEW = """
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
             "machines": [{"name": "myDockerVM", "size": "Standard_B2s", "runCommand": true}],
             "identity": {"kind": "system-assigned"}}
            """;

    @TempDir
    private Path folder;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    @ParameterizedTest
    @ValueSource(strings = {USER_ASSIGNED, SYSTEM_ASSIGNED})
    void bothExamplesAreProvenWithoutSsh(String identity) {
        Fault scripts =
                program.faults().http().before(AZURE.method("PUT").path("/runCommands/"), Occasions.always(), () -> {});
        assertThat(program.setUp(setup(identity, ON))).as(program.printed()).isEqualTo(ExitStatus.PROVEN);

        assertThat(program.printed()).contains("by Run Command").contains("Proven.");
        assertThat(scripts.fired()).as("as the plan says").isEqualTo(RunCommandAccess.SCRIPTS);
        digestsAreEqual();
        assertThat(program.resources()).noneMatch(id -> id.contains("/runCommands/"));
    }

    @Test
    void aNewMachineWithAPublicAddressLetsNobodyInOverSsh() throws Exception {
        Fault rules = program.faults()
                .http()
                .before(AZURE.method("PUT").path("/networkSecurityGroups/"), Occasions.always(), () -> {});
        assertThat(program.setUp(NEW)).as(program.printed()).isEqualTo(ExitStatus.PROVEN);

        assertThat(program.printed())
                .contains("no SSH from outside", "azureuser@myDockerVM (by Run Command)")
                .doesNotContain("SSH access to", ", SSH from");
        assertThat(rules.fired()).isEqualTo(1);
        assertThat(program.stored().request().orElseThrow().machines().get(0).allowSshFrom())
                .isEmpty();
        digestsAreEqual();
    }

    @Test
    void theCommandsByHandOpenNoSshForItEither() throws Exception {
        Path file = Files.writeString(folder.resolve("setup.json"), NEW);
        assertThat(program.run("", "--plan", file.toString()))
                .as(program.printed())
                .isZero();

        assertThat(program.printed())
                .contains("--nsg-rule NONE")
                .doesNotContain("nsg rule create", "sshFrom", "SSH access to");
    }

    @Test
    void theExampleIsProvenOnAMachineThatNothingElseReaches() throws Exception {
        assertThat(program.setUp(Files.readString(Path.of("assets", "example-run-command.json"))))
                .as(program.printed())
                .isEqualTo(ExitStatus.PROVEN);

        assertThat(program.printed()).contains("azureuser@practiceAgentOnly (by Run Command)");
        digestsAreEqual();
    }

    @Test
    void aNewMachineInASubnetThatNobodyReachesIsMadeProvenAndTakenAway() throws Exception {
        List<String> before = program.resources();
        String subnet = id("/virtualNetworks/practiceAgentOnlyVNET") + "/subnets/practiceAgentOnlySubnet";
        String machine = "\"name\": \"practiceAgentOnly\",\n      \"create\": false,\n"
                + "      \"resourceGroup\": \"practiceMachines\",";
        String example = Files.readString(Path.of("assets", "example-run-command.json"));
        assertThat(example).contains(machine);
        assertThat(program.setUp(example.replace(machine, "\"name\": \"myDockerVM\", \"subnet\": \"" + subnet + "\",")))
                .as(program.printed())
                .isEqualTo(ExitStatus.PROVEN);

        assertThat(program.printed()).contains("azureuser@myDockerVM (by Run Command)");
        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    @Test
    void soIsOneWhoseWayIsLeftOpenAndTheCheckSaysSo() {
        String subnet = id("/virtualNetworks/practiceJumpVNET") + "/subnets/practiceJumpSubnet";
        assertThat(program.setUp("""
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", "machines": [{"name": "myDockerVM", "subnet": "%s"}],
                 "identity": {"kind": "system-assigned"}}
                """.formatted(subnet))).as(program.printed()).isEqualTo(ExitStatus.PROVEN);

        assertThat(program.printed())
                .contains("It is not known whether this computer reaches subnet practiceJumpVNET/practiceJumpSubnet")
                .contains("Elsewhere Run Command is used, which takes longer.")
                .contains("azureuser@myDockerVM (by Run Command)");
    }

    @Test
    void neitherThisComputerNorTheJumpHostReachesThatMachineBySsh() throws Exception {
        String example = Files.readString(Path.of("assets", "example-run-command.json"));
        for (String way : List.of(
                "\"ssh\": {\"address\": \"private\"}",
                "\"ssh\": {\"jumpHosts\": [{\"host\": \"practicejump.japaneast.cloudapp.azure.com\", "
                        + "\"user\": \"azureuser\"}]}")) {
            assertThat(program.setUp(example.replace(ON, way)))
                    .as(program.printed())
                    .isEqualTo(ExitStatus.FAILED);
        }
    }

    @Test
    void aPrivateMachineIsReachedByRunCommandIfTheWayIsLeftOpen() {
        assertThat(program.setUp(setup(USER_ASSIGNED, "\"adminUser\": \"azureuser\"")))
                .as(program.printed())
                .isEqualTo(ExitStatus.PROVEN);

        assertThat(program.printed()).contains("connecting to 10.0.0.5", "azureuser@practicePrivate (by Run Command)");
        digestsAreEqual();
    }

    @Test
    void aUserWhoseSudoWantsAPasswordIsEnough() {
        program.cloud()
                .machine(id("/virtualMachines/practicePrivate"))
                .putFile("/etc/sudoers.d/90-cloud-init-users", "azureuser ALL=(ALL) ALL\n");
        List<String> before = inventory();
        assertThat(program.setUp(setup(USER_ASSIGNED, ON)))
                .as(program.printed())
                .isEqualTo(ExitStatus.PROVEN);
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(inventory()).isEqualTo(before);
    }

    @Test
    void anUndoLeavesTheMachineAsItWas() {
        List<String> resources = program.resources();
        List<String> machine = inventory();
        assertThat(program.setUp(setup(USER_ASSIGNED, ON)))
                .as(program.printed())
                .isEqualTo(ExitStatus.PROVEN);

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();

        assertThat(program.resources()).containsExactlyElementsOf(resources);
        assertThat(inventory()).isEqualTo(machine);
    }

    @Test
    void whatACutOffRunLeftIsDeletedByTheNextAttempt() {
        List<String> resources = program.resources();
        Fault kept = program.faults()
                .http()
                .add(AZURE.method("DELETE").path("/runCommands/"), Occasions.always(), HttpFault.status(403));
        Fault refused = program.faults()
                .http()
                .add(AZURE.method("PUT").path("/runCommands/"), Occasions.only(4), HttpFault.status(403));
        assertThat(program.setUp(setup(USER_ASSIGNED, ON))).isEqualTo(ExitStatus.FAILED);
        assertThat(program.resources()).anyMatch(id -> id.contains("/runCommands/"));
        kept.remove();
        refused.remove();

        assertThat(program.run("", "--resume", "last")).as(program.printed()).isZero();

        assertThat(program.resources()).noneMatch(id -> id.contains("/runCommands/"));
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.resources()).containsExactlyElementsOf(resources);
    }

    @Test
    void whatACutOffRunLeftIsDeletedByItsUndo() {
        List<String> resources = program.resources();
        Fault kept = program.faults()
                .http()
                .add(AZURE.method("DELETE").path("/runCommands/"), Occasions.always(), HttpFault.status(403));
        program.faults()
                .http()
                .add(AZURE.method("PUT").path("/runCommands/"), Occasions.only(4), HttpFault.status(403));
        assertThat(program.setUp(setup(USER_ASSIGNED, ON))).isEqualTo(ExitStatus.FAILED);
        kept.remove();

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();

        assertThat(program.printed()).contains("Run Command keyless-pull-");
        assertThat(program.resources()).containsExactlyElementsOf(resources);
    }

    @Test
    void whatAStoppedScriptLeavesOnTheMachineGoesWithItsUndo() throws Exception {
        List<String> machine = inventory();
        cancelledInTheMiddle();
        assertThat(inventory()).isNotEqualTo(machine);

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();

        assertThat(program.printed())
                .contains("folder /run/keyless-pull on machine practicePrivate", "  clear-folder ");
        assertThat(inventory()).isEqualTo(machine);
        assertThat(program.stored().leftSomethingToUndo()).isFalse();
    }

    @Test
    void whatAStoppedScriptLeftIsGoneWithTheMemoryOfAMachineThatWasStopped() throws Exception {
        cancelledInTheMiddle();
        stopMachine();

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();

        assertThat(program.stored().leftSomethingToUndo()).isFalse();
    }

    @Test
    void whatAStoppedScriptLeftIsGoneAfterTheNextAttempt() throws Exception {
        cancelledInTheMiddle();

        assertThat(program.run("", "--resume", "last")).as(program.printed()).isZero();

        assertThat(inventory()).noneMatch(line -> line.contains("/run/keyless-pull"));
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.printed()).doesNotContain("clear-folder");
    }

    private void stopMachine() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            AzureSubscription azure = new SignIns(
                            Transport.routed(program.cloud().route(), Time.system(), new Random()),
                            threads,
                            SignInEnvironment.bare(),
                            Optional.empty())
                    .signIn(SignInMethod.DEVICE_CODE, Optional.empty(), AzureCloud.PUBLIC, prompt -> {})
                    .subscription(program.cloud().subscriptionId());
            azure.machines()
                    .stop(
                            azure.machines()
                                    .find("practiceMachines", "practicePrivate")
                                    .orElseThrow(),
                            true);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Cancels a run while a script runs, which Azure stops by force. */
    private void cancelledInTheMiddle() throws Exception {
        SetupFile.Reading request = SetupFile.read(setup(USER_ASSIGNED, ON), true);
        CompletableFuture<SetupRun> begun = new CompletableFuture<>();
        Fault cancelling = program.faults()
                .http()
                .before(
                        AZURE.method("PUT").path("/runCommands/"),
                        Occasions.only(3),
                        () -> begun.join().cancel());
        begun.complete(program.session().start(((SetupFile.Read) request).request(), event -> {}));
        assertThat(begun.join().result().get()).isEqualTo(RunResult.CANCELLED);
        cancelling.remove();
        // The script was too short to be stopped in the middle.
        program.cloud()
                .machine(id("/virtualMachines/practicePrivate"))
                .state()
                .files()
                .makeDirectory("/run/keyless-pull", "root", 0700);
    }

    @Test
    void thePlanSaysHowLongItTakesAndTheScriptUsesRunCommand() throws Exception {
        Path saved = folder.resolve("by-hand.sh");
        Path file = Files.writeString(folder.resolve("setup.json"), setup(USER_ASSIGNED, ON));
        assertThat(program.run("", "--plan", file.toString(), "--script=" + saved))
                .as(program.printed())
                .isZero();

        assertThat(program.printed()).contains("Each script takes 20 to 60 seconds", "40: 13 to 40 minutes");
        assertThat(Files.readString(saved))
                .contains("az vm run-command create --resource-group \"$run_group\" --vm-name \"$run_vm\"")
                .contains("run_command practiceMachines practicePrivate azureuser -n ")
                .contains("az vm run-command delete ", "instanceView.error --output tsv >&2")
                .doesNotContain("ssh ");
    }

    /** Without what packages leave behind. */
    private List<String> inventory() {
        return program.cloud().machine(id("/virtualMachines/practicePrivate")).inventory().stream()
                .filter(line -> !line.startsWith("configuration of ")
                        && !line.equals("group docker: ")
                        && !line.startsWith("directory /var/lib/docker "))
                .toList();
    }

    private String id(String end) {
        try (Stream<String> ids = program.cloud().resourceIds()) {
            return ids.filter(id -> id.endsWith(end)).findFirst().orElseThrow();
        }
    }

    private void digestsAreEqual() {
        Matcher digest = Pattern.compile("sha256:[0-9a-f]{64}").matcher(lastLine("  proof "));
        assertThat(digest.find()).isTrue();
        assertThat(program.cloud().images()).anyMatch(line -> line.contains(digest.group()));
    }

    private String lastLine(String part) {
        return program.printed().lines().filter(line -> line.contains(part)).reduce("", (before, line) -> line);
    }

    private static String setup(String identity, String way) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                 "machines": [{"name": "practicePrivate", "create": false, "resourceGroup": "practiceMachines", %s}],
                 "identity": {%s}}
                """.formatted(way, identity);
    }
}
