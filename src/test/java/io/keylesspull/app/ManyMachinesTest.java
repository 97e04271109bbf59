package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.app.cli.ExitStatus;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.time.Time;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More than 50 existing machines: Azure hands a script to each. */
@Timeout(120)
class ManyMachinesTest {

    private static final RequestMatcher AZURE = RequestMatcher.to("management.azure.com");

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    private List<String> machines;

    @BeforeEach
    void machines() throws Exception {
        machines = OldMachines.make(program.faults(), program.cloud(), Time.system(), 55);
    }

    private String setup(String more) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", "identity": {"kind": "user-assigned", "name": "myACRId"},
                 "azureCli": false, "machines": [%s]}""".formatted(machines.stream()
                .map(name ->
                        "{\"name\": \"" + name + "\", \"create\": false, \"resourceGroup\": \"crowd\"" + more + "}")
                .collect(Collectors.joining(",")));
    }

    @Test
    void theyAreProvenByScriptsOfWhichNothingStays() {
        List<String> before = program.resources();
        Fault deployments =
                program.faults().http().before(AZURE.method("PUT").path("/deployments/"), Occasions.always(), () -> {});
        assertThat(program.setUp(setup(""))).as(program.printed()).isEqualTo(ExitStatus.PROVEN);

        assertThat(deployments.fired()).isBetween(1, 3);
        assertThat(program.resources()).noneMatch(id -> id.contains("/runCommands/"));
        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();
        assertThat(program.resources()).containsExactlyInAnyOrderElementsOf(before);
    }
}
