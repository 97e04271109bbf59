package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.machine.host.PracticeMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines of one name in several resource groups are told apart in a run and in its undo. */
@Timeout(120)
class TwinMachinesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String USER_ASSIGNED = "\"kind\": \"user-assigned\", \"name\": \"myACRId\"";
    private static final String SYSTEM_ASSIGNED = "\"kind\": \"system-assigned\"";

    /** The second one lies in a group of the practice cloud. */
    private static final String BOTH_NEW = """
            {"name": "twin"}, {"name": "TWIN", "resourceGroup": "practiceMachines"}
            """;

    private static final String NEW_AND_EXISTING = """
            {"name": "practiceBare"}, {"name": "practiceBare", "create": false, "resourceGroup": "practiceMachines"}
            """;

    private static final String MADE = "practiceBare (myResourceGroup)";
    private static final String FOUND = "practiceBare (practiceMachines)";

    @TempDir
    private Path folder;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    @ParameterizedTest
    @ValueSource(strings = {USER_ASSIGNED, SYSTEM_ASSIGNED})
    void newOnesAreMadeProvenAndDeleted(String identity) throws Exception {
        List<String> before = program.resources();

        assertThat(run(setup(BOTH_NEW, identity))).as(program.printed()).isZero();

        assertThat(machines(printed("proven").get(0).path("machines")))
                .containsExactly("twin (myResourceGroup)", "TWIN (practiceMachines)");
        assertThat(printed("proven").get(0).path("machines").findValuesAsText("digest"))
                .doesNotContain("")
                .hasSize(2)
                .containsOnly(printed("proven").get(0).at("/machines/0/digest").asText());
        assertThat(printed("proven").get(0).path("machines").findValuesAsText("ssh"))
                .doesNotHaveDuplicates();
        assertThat(program.resources())
                .filteredOn(id -> id.toLowerCase(java.util.Locale.ROOT).endsWith("/virtualmachines/twin"))
                .hasSize(2);

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();

        assertThat(program.printed())
                .contains("irtual machine twin (myResourceGroup)", "irtual machine TWIN (practiceMachines)")
                .doesNotContain("left alone");
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {USER_ASSIGNED, SYSTEM_ASSIGNED})
    void theNewOneIsDeletedAndTheExistingOneIsLeftAsItWas(String identity) throws Exception {
        List<String> before = program.resources();
        PracticeMachine found = program.cloud().machine(id("practiceMachines"));
        List<String> packages = packages(found);

        assertThat(run(setup(NEW_AND_EXISTING, identity))).as(program.printed()).isZero();

        assertThat(machines(printed("proven").get(0).path("machines"))).containsExactly(MADE, FOUND);
        assertThat(packages(found)).isNotEqualTo(packages);
        assertThat(program.cloud()
                        .resource(id("practiceMachines"))
                        .orElseThrow()
                        .at("/identity/type")
                        .asText())
                .isNotEmpty();

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines", "--output", "json"))
                .as(program.printed())
                .isZero();

        assertThat(machines(printed("undoAsks"))).isNotEmpty().containsOnly(FOUND);
        assertThat(program.resources()).containsExactlyElementsOf(before);
        assertThat(packages(found)).isEqualTo(packages);
        assertThat(program.cloud()
                        .resource(id("practiceMachines"))
                        .orElseThrow()
                        .at("/identity/userAssignedIdentities"))
                .isEmpty();
    }

    @Test
    void aRunThatWasCutOffIsResumedOnBoth() throws Exception {
        List<String> before = program.resources();
        cutOff(setup(NEW_AND_EXISTING, SYSTEM_ASSIGNED));
        program.faults().arm().delete(id("myResourceGroup"));

        assertThat(program.run("", "--resume", "last", "--output", "json"))
                .as(program.printed())
                .isZero();

        assertThat(machines(printed("proven").get(0).path("machines"))).containsExactly(MADE, FOUND);
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    @Test
    void whereTheExistingOneIsGoneTheNewOneIsDeletedAllTheSame() throws Exception {
        List<String> before = new ArrayList<>(program.resources());
        assertThat(run(setup(NEW_AND_EXISTING, USER_ASSIGNED)))
                .as(program.printed())
                .isZero();
        String gone = id("practiceMachines");
        program.faults().arm().delete(gone);

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();

        assertThat(program.resources()).doesNotContain(gone).isSubsetOf(before);
    }

    @Test
    void thePlanAndItsScriptTellThemApart() throws Exception {
        Path file = Files.writeString(folder.resolve("plan.json"), setup(NEW_AND_EXISTING, SYSTEM_ASSIGNED));

        assertThat(program.run("", "--plan", file.toString(), "--output", "json"))
                .as(program.printed())
                .isZero();

        assertThat(machines(printed("plannedChange"))).contains(MADE, FOUND).doesNotContain("practiceBare");
        assertThat(printed("check"))
                .extracting(check -> check.path("what").asText())
                .anyMatch(what -> what.contains(MADE))
                .anyMatch(what -> what.contains(FOUND));
        List<String> comments = printed("comment").stream()
                .map(line -> line.path("text").asText())
                .toList();
        assertThat(comments).contains("On " + MADE, "On " + FOUND);
        List<String> commands = printed("command").stream()
                .map(line -> line.path("text").asText())
                .toList();
        // Each machine's lines come together, so that one variable serves all.
        assertThat(commands)
                .filteredOn(line -> line.startsWith("address="))
                .extracting(line -> line.replaceFirst(" --query.*", ""))
                .containsExactly(
                        "address=$(az vm show --show-details --resource-group myResourceGroup --name practiceBare",
                        "address=$(az vm show --show-details --resource-group practiceMachines --name practiceBare");
    }

    @Test
    void storedRunsNameThem() throws Exception {
        assertThat(run(setup(NEW_AND_EXISTING, USER_ASSIGNED)))
                .as(program.printed())
                .isZero();

        program.run("", "--runs", "--output", "json");

        assertThat(printed("run").get(0).path("machines"))
                .extracting(JsonNode::asText)
                .containsExactly(MADE, FOUND);
    }

    private int run(String setup) throws IOException {
        return program.run(
                "",
                "--run",
                Files.writeString(folder.resolve("setup.json"), setup).toString(),
                "--output",
                "json");
    }

    private void cutOff(String setup) throws IOException {
        Fault refused = program.failPulls();
        assertThat(run(setup)).as(program.printed()).isEqualTo(1);
        refused.remove();
    }

    private List<JsonNode> printed(String type) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (String line : program.printed().lines().toList()) {
            JsonNode json = JSON.readTree(line);
            if (json.path("type").asText().equals(type)) {
                found.add(json);
            }
        }
        return found;
    }

    private static List<String> machines(Iterable<JsonNode> all) {
        List<String> machines = new ArrayList<>();
        all.forEach(each -> {
            if (each.has("machine")) {
                machines.add(each.path("machine").asText());
            }
        });
        return machines;
    }

    private String id(String group) {
        return program.resources().stream()
                .filter(id -> id.endsWith("/" + group + "/providers/Microsoft.Compute/virtualMachines/practiceBare"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> packages(PracticeMachine machine) {
        return machine.inventory().stream()
                .filter(line -> line.startsWith("package "))
                .toList();
    }

    private static String setup(String machines, String identity) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                 "machines": [%s], "identity": {%s}}
                """.formatted(machines, identity);
    }
}
