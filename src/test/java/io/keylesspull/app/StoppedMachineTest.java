package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.app.cli.ExitStatus;
import io.keylesspull.practice.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine that is stopped is started only if the setup says so, and stopped again only if the undo is asked to. */
@Timeout(120)
class StoppedMachineTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice(new LaterTime());

    @Test
    void itIsNotStartedByItself() {
        assertThat(program.setUp(setup(false))).isEqualTo(ExitStatus.FAILED);
        assertThat(program.printed()).contains("is not running", "\"startStopped\": true");
        assertThat(runs()).isFalse();
    }

    @Test
    void thePlanSaysThatItIsStartedAndWhatThatMeans() throws Exception {
        Path file = Files.writeString(folder.resolve("setup.json"), setup(true));
        assertThat(program.run("", "--plan", file.toString()))
                .as(program.printed())
                .isZero();
        assertThat(program.printed())
                .contains("practiceStopped: it is started, and Azure charges for it while it runs")
                .contains("Your right to start “practiceStopped”")
                .contains("az vm start --resource-group practiceMachines --name practiceStopped");
        assertThat(runs()).isFalse();
    }

    @Test
    void itIsStartedAndDeallocatedAgainByAnUndoThatIsAskedTo() {
        assertThat(program.setUp(setup(true))).as(program.printed()).isEqualTo(ExitStatus.PROVEN);
        assertThat(program.printed())
                .contains(
                        "Standard_B2s, started",
                        "Cost of “practiceStopped”: the run starts it, and Azure charges for it while it runs");
        assertThat(runs()).isTrue();

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.printed())
                .contains("it is stopped again, as it was before")
                .doesNotContain("was started by this run");
        assertThat(runs()).isFalse();
    }

    @Test
    void anUndoThatIsNotAskedToLeavesItRunning() {
        assertThat(program.setUp(setup(true))).as(program.printed()).isEqualTo(ExitStatus.PROVEN);

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();
        assertThat(program.printed())
                .contains(
                        "What the run made is deleted. Changes that are left: ",
                        "The changes on machines that you did not choose stay.",
                        "practiceStopped was started by this run and is not stopped again: while it runs, Azure "
                                + "charges for it.");
        assertThat(runs()).isTrue();
    }

    @Test
    void whereNoAnswerCanBeReadThisIsSaidOnce() {
        assertThat(program.setUp(setup(true))).as(program.printed()).isEqualTo(ExitStatus.PROVEN);

        assertThat(program.run("y\n", "--undo", "last")).as(program.printed()).isZero();
        assertThat(program.printed())
                .contains(
                        "What the run made is deleted.",
                        "practiceStopped was started by this run and is not stopped again")
                .containsOnlyOnce("No answer could be read")
                .containsOnlyOnce("Also take back");
        assertThat(runs()).isTrue();
    }

    @Test
    void aRunThatFailedAfterTheStartIsResumedAndUndone() {
        Fault full = program.failPulls();
        assertThat(program.setUp(setup(true))).isEqualTo(ExitStatus.FAILED);
        full.remove();
        assertThat(program.run("", "--resume", "last")).as(program.printed()).isZero();
        assertThat(program.printed()).contains("Standard_B2s, started", "Proven.");

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(runs()).isFalse();
    }

    private boolean runs() {
        String id = program.resources().stream()
                .filter(each -> each.endsWith("/virtualMachines/practiceStopped"))
                .findFirst()
                .orElseThrow();
        String address = program.cloud()
                .resource(id.replace(
                        "Microsoft.Compute/virtualMachines/practiceStopped",
                        "Microsoft.Network/publicIPAddresses/practiceStoppedPublicIP"))
                .orElseThrow()
                .at("/properties/ipAddress")
                .asText();
        return program.cloud().sshServer(address, 22).isPresent();
    }

    private static String setup(boolean startStopped) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "practiceMachines", "create": false},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", "machines": [{"name": "practiceStopped", "create": false}],
                 "identity": {"kind": "system-assigned"}, "startStopped": %s}
                """.formatted(startStopped);
    }
}
