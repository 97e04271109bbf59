package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.machine.host.PracticeMachine;
import io.keylesspull.practice.machine.program.apt.MicrosoftRepository;
import io.keylesspull.practice.machine.state.AptLock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine that was there before, in the states in which people leave theirs: nothing on it is damaged. */
@Timeout(120)
class MachineAsFoundTest {

    private static final String SETUP = """
            {"version": 1, "location": "japaneast",
             "resourceGroup": {"name": "practiceMachines", "create": false},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
             "image": "aci-helloworld:v1", "machines": [{"name": "practiceBare", "create": false}],
             "identity": {"kind": "system-assigned"}}
            """;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice(new LaterTime());

    private PracticeMachine machine;
    private List<String> before;

    @BeforeEach
    void begin() {
        machine = program.cloud()
                .machine(program.resources().stream()
                        .filter(id -> id.endsWith("/virtualMachines/practiceBare"))
                        .findFirst()
                        .orElseThrow());
    }

    private void isProven() {
        before = machine.inventory();
        assertThat(program.setUp(SETUP)).as(program.printed()).isZero();
        assertThat(program.printed()).contains("Proven.");
    }

    @ParameterizedTest
    @EnumSource(AptLock.File.class)
    void whateverAptIsLockedByIsWaitedForAndNamed(AptLock.File file) {
        machine.holdAptLock(file, Duration.ofMinutes(4));
        isProven();
        assertThat(program.printed())
                .contains("another program is working with the machine’s packages: process 1234 (unattended-upgr)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sudoThatWantsAPasswordIsNamedInAnyLanguageAndNothingIsChanged(boolean german) {
        if (german) {
            machine.state().speakGerman();
        }
        has("/etc/sudoers.d/90-cloud-init-users", "azureuser ALL=(ALL) ALL\n");
        before = machine.inventory();

        assertThat(program.setUp(SETUP)).isEqualTo(1);

        assertThat(program.printed())
                .contains(
                        "On “practiceBare”, “azureuser” may not run commands as root without a password.",
                        "echo 'azureuser ALL=(ALL) NOPASSWD:ALL' | sudo tee /etc/sudoers.d/keyless-pull");
        assertThat(machine.inventory()).isEqualTo(before);
        has("/etc/sudoers.d/90-cloud-init-users", "azureuser ALL=(ALL) NOPASSWD: ALL\n");
        assertThat(program.run("", "--resume", "last")).as(program.printed()).isZero();
    }

    private void undoLeavesItAsItWas() {
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(underEtc(machine.inventory())).isEqualTo(underEtc(before));
    }

    private static List<String> underEtc(List<String> inventory) {
        return inventory.stream().filter(line -> line.startsWith("file /etc/")).toList();
    }

    private void has(String path, String content) {
        machine.putFile(path, content);
    }

    /** As Microsoft's older instructions left it: trusted by the keys for all sources. */
    private void hasSourceWithoutKey(String path, String suite) {
        machine.state()
                .files()
                .put("/etc/apt/trusted.gpg.d/microsoft.gpg", MicrosoftRepository.keyring(), "root", 0644);
        has(path, "deb [arch=amd64] https://packages.microsoft.com/repos/azure-cli/ " + suite + " main\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"microsoft.list", "azure-cli.list", "aaa.list"})
    void aSourceForTheRepositoryThatIsThereIsUsed(String name) {
        hasSourceWithoutKey("/etc/apt/sources.list.d/" + name, "jammy");
        isProven();
        assertThat(underEtc(machine.inventory())).isEqualTo(underEtc(before));
        undoLeavesItAsItWas();
    }

    @Test
    void aSourceThatIsSwitchedOffOrOfAnotherSuiteIsLeftAsItIsBesideOurs() {
        hasSourceWithoutKey("/etc/apt/sources.list.d/microsoft.list", "focal");
        has("/etc/apt/sources.list.d/azure-cli.sources", """
                Types: deb
                URIs: https://packages.microsoft.com/repos/azure-cli/
                Suites: jammy
                Components: main
                Enabled: no
                """);
        isProven();
        assertThat(machine.inventory())
                .containsAll(underEtc(before))
                .anyMatch(line -> line.startsWith("file /etc/apt/sources.list.d/keyless-pull-azure-cli.sources"));
        undoLeavesItAsItWas();
    }

    @Test
    void aKeyringOfSomebodyElseIsNeverReplaced() {
        has("/etc/apt/keyrings/microsoft.gpg", "another key of Microsoft, which other sources need");
        isProven();
        assertThat(machine.inventory()).containsAll(underEtc(before));
        undoLeavesItAsItWas();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFolderForKeysIsThereAfterUndoIfItWasBefore(boolean there) {
        if (!there) {
            machine.state().files().remove("/etc/apt/keyrings");
        }
        isProven();
        undoLeavesItAsItWas();
        assertThat(machine.state().files().node("/etc/apt/keyrings").isPresent())
                .isEqualTo(there);
    }

    @Test
    void undoTakesItsSourceAwayBeforeItCallsApt() {
        isProven();
        hasSourceWithoutKey("/etc/apt/sources.list.d/microsoft.list", "jammy");
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(machine.inventory())
                .noneMatch(line -> line.startsWith("package azure-cli"))
                .noneMatch(line -> line.startsWith("file /etc/apt/sources.list.d/azure-cli.sources"));
    }

    private void stopsWith(String setup, String... words) {
        before = machine.inventory();
        assertThat(program.setUp(setup)).isEqualTo(1);
        assertThat(program.printed()).contains(words);
        assertThat(onItsOwn(machine.inventory())).isEqualTo(onItsOwn(before));
    }

    private static List<String> onItsOwn(List<String> inventory) {
        return inventory.stream().filter(line -> !line.startsWith("account ")).toList();
    }

    private static String bySudo() {
        return SETUP.replace("\"identity\"", "\"dockerGroup\": false, \"identity\"");
    }

    private static String withoutHelper() {
        return SETUP.replace("\"identity\"", "\"keepSignedIn\": false, \"identity\"");
    }

    @Test
    void anInstallationThatWouldRemoveAPackageStopsBeforeAndNamesIt() {
        machine.state().installed("containerd.io");
        stopsWith(
                SETUP,
                "Installing docker.io on machine “practiceBare” would remove these packages or replace them by"
                        + " older versions: containerd.io.");
    }

    @Test
    void dockersOwnPackagesAreUsedAsTheyAre() {
        machine.state().installed("docker-ce-cli");
        machine.state().installed("docker-ce");
        isProven();
        assertThat(machine.inventory())
                .noneMatch(line -> line.startsWith("package docker.io"))
                .anyMatch(line -> line.equals("group docker: azureuser"));
    }

    @Test
    void aClientWithoutAnEngineIsNamed() {
        machine.state().installed("docker-ce-cli");
        stopsWith(SETUP, "Machine “practiceBare” has the command “docker”, but no Docker Engine.");
    }

    @Test
    void podmanIsNamed() {
        machine.state().installed("podman-docker");
        stopsWith(SETUP, "The command “docker” on machine “practiceBare” is Podman.");
    }

    @Test
    void aSnapIsNamedWhereAHelperIsWanted() {
        machine.state().docker().installSnap();
        stopsWith(SETUP, "Docker on machine “practiceBare” comes from a snap.");
    }

    @Test
    void aSnapWithoutAGroupIsNamedAndUsedBySudo() {
        machine.state().docker().installSnap();
        stopsWith(withoutHelper(), "Docker on machine “practiceBare” is root’s alone: there is no group “docker”.");
        assertThat(program.setUp(bySudo().replace("\"identity\"", "\"keepSignedIn\": false, \"identity\"")))
                .as(program.printed())
                .isZero();
        assertThat(machine.inventory()).noneMatch(line -> line.startsWith("package docker.io"));
    }

    @Test
    void aSnapThatIsStoppedIsNamed() {
        machine.state().docker().installSnap();
        machine.stopDocker();
        stopsWith(withoutHelper(), "Docker on machine “practiceBare” comes from a snap, and does not run.");
    }

    private void hasRootlessDocker() {
        machine.state().installed("docker-ce-cli");
        machine.state().installed("docker-ce");
        machine.stopDocker();
        machine.state().docker().enabled(false);
        machine.state().docker().socketEnabled(false);
        machine.state().docker().rootless("azureuser");
        has("/home/azureuser/.config/systemd/user/docker.service", "[Service]\n");
    }

    @Test
    void rootlessDockerIsUsedAsItIs() {
        hasRootlessDocker();
        isProven();
        assertThat(machine.inventory()).contains("group docker: ", "docker");
    }

    @Test
    void rootlessDockerIsNamedWhereItIsToBeRunBySudo() {
        hasRootlessDocker();
        stopsWith(bySudo(), "Docker on machine “practiceBare” was set up rootless for the user azureuser");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServiceThatWasSwitchedOffStaysOff(boolean masked) {
        machine.state().installed("docker.io");
        machine.stopDocker();
        machine.state().docker().enabled(false);
        machine.state().docker().socketEnabled(false);
        machine.state().docker().masked(masked);
        stopsWith(SETUP, "Docker’s service on machine “practiceBare” is switched off.");
    }

    @Test
    void aServiceThatOnlyDoesNotRunIsStartedAndStoppedAgain() {
        machine.state().installed("docker.io");
        machine.stopDocker();
        isProven();
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(machine.inventory()).contains("docker enabled socket-enabled");
    }

    @Test
    void anEditedConfigurationFileOfAPackageRemovedEarlierIsKept() {
        machine.state().installed("docker.io");
        machine.state().removed("docker.io");
        machine.state().packages().editConfiguration("docker.io");
        isProven();
        assertThat(program.printed()).contains("==> Keeping old config file as default.");
    }

    @Test
    void aHalfInstalledPackageOnAMachineThatIsNotInEnglishIsFinishedFirst() {
        machine.state().speakGerman();
        machine.state().packages().unpack("jq", false);
        machine.state().packages().editConfiguration("jq");
        machine.state().packages().interrupted(true);
        isProven();
        assertThat(machine.inventory()).noneMatch(line -> line.startsWith("unpacked ") || line.contains("interrupted"));
    }

    @Test
    void noServiceIsRestartedByThePackages() {
        isProven();
        assertThat(program.printed()
                        .lines()
                        .filter(line -> line.contains(" $ ")
                                && line.contains(" apt-get ")
                                && !line.contains("--simulate")
                                && !line.contains("indextargets")))
                .isNotEmpty()
                .allMatch(line -> line.contains(" NEEDRESTART_MODE=l "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo Welcome", "echo Welcome; echo careful >&2", "printf 'no line end'"})
    void whatTheShellPrintsAtStartIsNoPartOfAnyOutput(String bashrc) {
        has("/home/azureuser/.bashrc", bashrc + "\n");
        isProven();
        assertThat(program.printed()).doesNotContain("Welcome", "careful", "no line end", "output begins");
        assertThat(machine.inventory())
                .filteredOn(line -> line.contains("azure-cli.sources"))
                .singleElement()
                .asString()
                .contains("Architectures: amd64\n");
        undoLeavesItAsItWas();
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo This account is closed.; exit 1", "exit 0"})
    void aShellThatRunsNothingIsReportedAtConnect(String bashrc) {
        has("/home/azureuser/.bashrc", bashrc + "\n");
        stopsWith(SETUP, "commands cannot be run for the user azureuser.");
    }

    @Test
    void aFirstStartThatWentWrongLongAgoIsNoReasonToStop() {
        machine.state().failCloudInit();
        isProven();
    }

    @Test
    void aFirstStartThatWentWrongStopsTheSetupOfANewMachineWithItsOwnReason() {
        program.faults().machines().command("newOne", "^cloud-init status --wait", Occasions.first(1), execution -> {
            program.cloud()
                    .machine(program.resources().stream()
                            .filter(id -> id.endsWith("/virtualMachines/newOne"))
                            .findFirst()
                            .orElseThrow())
                    .state()
                    .failCloudInit();
            return execution.run(execution.stdout(), execution.stderr());
        });
        assertThat(program.setUp(SETUP.replace(
                        "{\"name\": \"practiceBare\", \"create\": false}", "{\"name\": \"newOne\", \"create\": true}")))
                .isEqualTo(1);
        assertThat(program.printed())
                .contains(
                        "The first start of machine “newOne” went wrong: cloud-init reports an error.",
                        "Runparts: 1 failures (part-001) in 1 attempted commands");
    }

    @Test
    void aLockThatIsNeverLetGoEndsTheStepWithItsOwnReason() {
        machine.holdAptLock(AptLock.File.LISTS, Duration.ofDays(1));
        assertThat(program.setUp(SETUP)).isEqualTo(1);
        assertThat(program.printed())
                .contains(
                        "Another program has been working with the packages of machine “practiceBare” for 15 minutes.",
                        "It is held by process 1234 (unattended-upgr)");
    }
}
