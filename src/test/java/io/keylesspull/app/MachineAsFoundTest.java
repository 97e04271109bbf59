package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.machine.host.PracticeMachine;
import io.keylesspull.practice.machine.state.AptLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @TempDir
    private Path folder;

    private ProgramInPractice program;
    private PracticeMachine machine;
    private List<String> before;

    @BeforeEach
    void begin() {
        program = new ProgramInPractice(folder, Pace.INSTANT, new LaterTime());
        machine = program.cloud().machine(program.resources().stream()
                .filter(id -> id.endsWith("/virtualMachines/practiceBare")).findFirst().orElseThrow());
    }

    @AfterEach
    void end() {
        program.close();
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

    @Test
    void aLockThatIsNeverLetGoEndsTheStepWithItsOwnReason() {
        machine.holdAptLock(AptLock.File.LISTS, Duration.ofDays(1));
        assertThat(program.setUp(SETUP)).isEqualTo(1);
        assertThat(program.printed()).contains(
                "Another program has been working with the packages of machine “practiceBare” for 15 minutes.",
                "It is held by process 1234 (unattended-upgr)");
    }
}
