package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.fault.Fault;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A run that was cut off, some of whose resources somebody deleted, is resumed and undone: what it made twice is
 * deleted twice.
 */
@Timeout(120)
class UndoAfterResumeTest {

    private static final String USER_ASSIGNED = "\"kind\": \"user-assigned\", \"name\": \"myACRId\"";
    private static final String SYSTEM_ASSIGNED = "\"kind\": \"system-assigned\"";

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    /** The last quarter of the run is cut off: nothing can be pulled. */
    @ParameterizedTest
    @CsvSource({
        "user-assigned, /userAssignedIdentities/myACRId",
        "user-assigned, /resourceGroups/myResourceGroup",
        "user-assigned, /virtualMachines/myDockerVM",
        "user-assigned, /registries/myContainerRegistry",
        "system-assigned, /virtualMachines/myDockerVM",
        "system-assigned, /resourceGroups/myResourceGroup"
    })
    void whatARunMadeTwiceIsDeletedTwice(String identity, String deleted) {
        List<String> before = program.resources();
        int roles = program.cloud().roleAssignments().size();
        cutOff(setup(identity.equals("user-assigned") ? USER_ASSIGNED : SYSTEM_ASSIGNED));
        program.faults().arm().delete(id(deleted));
        assertThat(program.run("", "--resume", "last")).as(program.printed()).isZero();

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();

        assertThat(program.resources()).containsExactlyElementsOf(before);
        assertThat(program.cloud().roleAssignments()).hasSize(roles);
    }

    /** An identity that is made again under its name has another principal, and so another role assignment. */
    @Test
    void eachOfTheRolesThatWereGrantedIsTakenBackByAStepOfItsOwn() {
        cutOff(setup(USER_ASSIGNED));
        program.faults().arm().delete(id("/userAssignedIdentities/myACRId"));
        program.run("", "--resume", "last");

        assertThat(program.run("", "--undo", "last", "--yes", "--output", "json"))
                .as(program.printed())
                .isZero();

        assertThat(program.printed()).contains("\"step\":\"delete-role\"", "\"step\":\"delete-role-2\"");
    }

    private void cutOff(String setup) {
        Fault refused = program.failPulls();
        assertThat(program.setUp(setup)).as(program.printed()).isEqualTo(1);
        refused.remove();
    }

    private static String setup(String identity) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                 "machines": [{"name": "myDockerVM"}], "identity": {%s}}
                """.formatted(identity);
    }

    private String id(String end) {
        return program.resources().stream()
                .filter(id -> id.endsWith(end))
                .findFirst()
                .orElseThrow();
    }
}
