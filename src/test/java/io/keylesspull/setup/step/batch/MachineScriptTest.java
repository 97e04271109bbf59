package io.keylesspull.setup.step.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.app.Tool;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.practice.machine.BatchRig;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.MachineAccess;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.HelperEntry;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.SetupStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script for one machine of many, on practice machines. */
@Timeout(20)
class MachineScriptTest {

    private static final MachineAccess HELPER_ONLY = new MachineAccess(false, true, true, false);
    private static final String HELPER = "acr-managed-identity-" + BatchRig.CLIENT_ID;
    private static final SetupRequest.Registry REGISTRY =
            new SetupRequest.Registry("myContainerRegistry", false, "Basic", false, Optional.empty());
    private static final String IMAGE = BatchRig.REGISTRY + "/aci-helloworld:v1";

    @TempDir
    private Path folder;

    @AutoClose
    private BatchRig rig = new BatchRig("ubuntu-22.04", Set.of());

    private MachineReport run(MachineAccess access) {
        String out = rig.run(script(access));
        return MachineReport.parse(out).orElseThrow(() -> new AssertionError(out + rig.errors()));
    }

    private static String script(MachineAccess access) {
        Machine machine = Requests.OLD_MACHINE;
        SetupRequest request =
                Requests.of(REGISTRY, Requests.USER_ASSIGNED, machine).withAccess(access);
        List<SetupStep> steps = MachineSteps.of(request, machine, null);
        return MachineScript.of(
                values(access), steps, new Known(new Facts(), StepId.on(request.label(machine), "run-command")));
    }

    private static MachineScript.Values values(MachineAccess access) {
        return new MachineScript.Values(
                "azureuser",
                !access.dockerGroup(),
                access.azureCli(),
                BatchRig.REGISTRY,
                IMAGE,
                Optional.of(BatchRig.IDENTITY),
                Optional.of(BatchRig.CLIENT_ID));
    }

    @Test
    void aBareMachinePullsAndTellsAllThatChanged() {
        rig.ready();
        MachineReport report = run(HELPER_ONLY);

        assertThat(report.isDone()).as(report.toString()).isTrue();
        assertThat(report.digest()).isPresent().isEqualTo(report.told());
        assertThat(report.changes())
                .contains(
                        ChangeKind.PACKAGE.of("docker.io"),
                        ChangeKind.GROUP.of("docker"),
                        ChangeKind.PULLED_IMAGE.of(IMAGE),
                        ChangeKind.CREDENTIAL_HELPER.of("/usr/bin/docker-credential-" + HELPER),
                        ChangeKind.DOCKER_FOLDER.of(".docker"),
                        ChangeKind.DOCKER_CONFIG.of("/root/.docker/config.json"),
                        new HelperEntry(".docker/config.json", BatchRig.REGISTRY, Optional.empty()).change())
                .noneMatch(ChangeKind.SERVICE::is);
    }

    @Test
    void aMachineThatHasEverythingIsNotChanged() {
        rig.ready();
        run(HELPER_ONLY);
        MachineReport again = run(HELPER_ONLY);

        assertThat(again.isDone()).as(again.toString()).isTrue();
        assertThat(again.changes()).isEmpty();
    }

    @Test
    void theTutorialsWayTellsTheSignInToo() {
        rig.ready();
        MachineReport report = run(new MachineAccess(true, false, true, false));

        assertThat(report.isDone()).as(report.toString()).isTrue();
        assertThat(report.changes())
                .contains(
                        ChangeKind.PACKAGE.of("azure-cli"),
                        ChangeKind.FILE.of("/etc/apt/keyrings/microsoft.gpg"),
                        ChangeKind.SIGN_IN.of("userAssignedIdentity"),
                        ChangeKind.REGISTRY_LOGIN.of(BatchRig.REGISTRY),
                        ChangeKind.LOGIN_FILE.of(".azure"),
                        ChangeKind.LOGIN_FILE.of(".docker/config.json"));
    }

    @Test
    void bothWaysAndRootsDockerWorkToo() {
        rig.ready();
        assertThat(run(new MachineAccess(true, true, true, false)).isDone()).isTrue();
        rig.close();
        rig = new BatchRig("debian-12", Set.of());
        rig.ready();
        MachineReport bySudo = run(new MachineAccess(false, true, false, false));

        assertThat(bySudo.isDone()).as(bySudo.toString()).isTrue();
        assertThat(bySudo.changes()).noneMatch(ChangeKind.GROUP::is);
    }

    @Test
    void aConfigurationThatIsThereGetsTheEntryAndKeepsTheRest() {
        rig.ready();
        rig.configure("{\n\t\"auths\": {\"x.io\": {\"auth\": \"eA==\"}}\n}");
        MachineReport report = run(HELPER_ONLY);

        assertThat(report.isDone()).as(report.toString()).isTrue();
        assertThat(rig.file("/home/azureuser/.docker/config.json"))
                .contains("\"credHelpers\": {\"" + BatchRig.REGISTRY + "\": \"" + HELPER + "\"}", "\"eA==\"");
        assertThat(report.changes())
                .doesNotContain(ChangeKind.DOCKER_FOLDER.of(".docker"))
                .contains(new HelperEntry(".docker/config.json", BatchRig.REGISTRY, Optional.empty()).change());
    }

    @Test
    void somebodyElsesHelperStaysAndIsSaid() {
        rig.ready();
        rig.configure("{\"credHelpers\": {\"" + BatchRig.REGISTRY + "\": \"other\"}}");
        MachineReport report = run(HELPER_ONLY);

        assertThat(report.step()).isEqualTo("credential-helper");
        assertThat(report.output()).contains("Docker asks another helper");
    }

    @Test
    void ourHelperForAnotherIdentityIsReplacedAndToldForTheUndo() {
        rig.ready();
        rig.configure("{\n\t\"auths\": {\"" + BatchRig.REGISTRY
                + "\": {}},\n\t\"credHelpers\": {\n\t\t\"a.azurecr.io\": " + "\"acr-managed-identity\",\n\t\t\""
                + BatchRig.REGISTRY + "\" : \"acr-managed-identity\"\n\t}\n}");
        MachineReport report = run(HELPER_ONLY);

        assertThat(report.isDone()).as(report.toString()).isTrue();
        assertThat(rig.file("/home/azureuser/.docker/config.json"))
                .contains(
                        "\"a.azurecr.io\": \"acr-managed-identity\"",
                        "\"" + BatchRig.REGISTRY + "\" : \"" + HELPER + "\"\n",
                        "\"" + BatchRig.REGISTRY + "\": {}");
        assertThat(report.changes())
                .contains(new HelperEntry(".docker/config.json", BatchRig.REGISTRY, Optional.of("acr-managed-identity"))
                        .change());
    }

    @Test
    void itWaitsForAnotherAptAndFinishesAnInterruptedOne() {
        rig.ready();
        rig.interruptDpkg();
        MachineReport report = run(HELPER_ONLY);

        assertThat(report.isDone()).as(report.toString()).isTrue();
    }

    @Test
    void aStoppedDockerIsStartedAndThatIsToldAsAChange() {
        rig.close();
        rig = new BatchRig("ubuntu-22.04", Set.of("docker.io"));
        rig.ready();
        rig.run("systemctl stop docker.service docker.socket");
        MachineReport report = run(HELPER_ONLY);

        assertThat(report.isDone()).as(report.toString()).isTrue();
        assertThat(report.changes()).contains(new Change("service", "docker.service"));
    }

    @Test
    void aMissingUserIsSaidBeforeAnythingIsChanged() {
        rig.ready();
        String out = rig.run(script(HELPER_ONLY).replace("user='azureuser'", "user='nobody-here'"));
        MachineReport report = MachineReport.parse(out).orElseThrow();

        assertThat(report.step()).isEqualTo("user");
        assertThat(report.changes()).isEmpty();
    }

    @Test
    void whatAScriptChangedThatWasKilledIsToldLater() {
        rig.ready();
        String whole = script(HELPER_ONLY);
        rig.run(whole.substring(0, whole.indexOf("docker_works || finish\n")) + "exit 137\n");
        MachineReport told = MachineReport.parse(rig.run(MachineScript.telling(values(HELPER_ONLY))))
                .orElseThrow();

        assertThat(told.tells()).isTrue();
        assertThat(told.changes()).contains(ChangeKind.PACKAGE.of("docker.io"), ChangeKind.GROUP.of("docker"));
        assertThat(MachineReport.parse(rig.run(MachineScript.telling(values(HELPER_ONLY))))
                        .orElseThrow()
                        .tells())
                .isFalse();
    }

    /** The same machine's shell may be another one. */
    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash"})
    @DisabledOnOs(OS.WINDOWS)
    void shellsFindNothingWrongWithIt(String shell) throws Exception {
        Path file = Files.writeString(folder.resolve("script.sh"), script(MachineAccess.DEFAULT));
        Process checked = new ProcessBuilder(shell, "-n", file.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(checked.inputReader().lines()).isEmpty();
        assertThat(checked.waitFor()).isZero();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void norDoesShellCheck() throws Exception {
        Path file = Files.writeString(folder.resolve("script.sh"), script(MachineAccess.DEFAULT));
        Process checked = new ProcessBuilder(Tool.find("shellcheck").toString(), "--shell=sh", file.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(checked.inputReader().lines()).isEmpty();
        assertThat(checked.waitFor()).isZero();
    }

    @Test
    void theScriptIsSmallEnoughForManyInOneTemplate() {
        assertThat(script(MachineAccess.DEFAULT)).hasSizeLessThan(20_000);
    }
}
