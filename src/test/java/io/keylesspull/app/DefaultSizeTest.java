package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.setup.request.SetupFile;
import io.keylesspull.setup.request.SetupRequest;
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
import org.junit.jupiter.params.provider.CsvSource;

/** A new machine without a size gets the first of a short list that the location offers. */
@Timeout(120)
class DefaultSizeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPEN = "{\"name\": \"vm1\"}";

    @TempDir
    private Path folder;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    @ParameterizedTest
    @CsvSource({"japaneast, Standard_B2s_v2", "westeurope, Standard_B2als_v2"})
    void aMachineWithoutASizeGetsTheFirstThatTheLocationOffers(String location, String size) throws Exception {
        plan(location, OPEN);

        assertThat(texts("plannedChange", "what")).contains("Virtual machine vm1 of size " + size);
        assertThat(texts("check", "what")).contains("Size " + size + " in " + location);
        assertThat(texts("command", "text")).anyMatch(line -> line.contains(" --size " + size + " "));

        assertThat(program.setUp(setup(location, OPEN))).as(program.printed()).isZero();

        assertThat(sizeInAzure("vm1")).isEqualTo(size);
    }

    @Test
    void aSizeWhoseQuotaIsUsedUpIsPassedOver() throws Exception {
        program.faults().arm().limitCores(100);

        plan("japaneast", OPEN + ", {\"name\": \"vm2\", \"size\": \"Standard_B16s_v2\"}");

        assertThat(texts("plannedChange", "what"))
                .contains(
                        "Virtual machine vm1 of size Standard_B2als_v2",
                        "Virtual machine vm2 of size Standard_B16s_v2");
    }

    @Test
    void whereNoneIsOfferedTheCheckSaysSoAndNothingIsMade() throws Exception {
        List<String> before = program.resources();

        assertThat(plan("qatarcentral", OPEN)).isNotZero();

        JsonNode check = printed("check").stream()
                .filter(each -> each.path("what").asText().equals("Size of new machines in qatarcentral"))
                .findFirst()
                .orElseThrow();
        assertThat(check.path("verdict").asText()).isEqualTo("bad");
        assertThat(check.at("/problem/meaning").asText()).contains("Standard_B2s_v2", "Standard_B2s.");
        assertThat(check.at("/problem/remedy").asText()).contains("another location");
        assertThat(check.at("/problem/command").asText()).contains("--location qatarcentral");
        assertThat(texts("command", "text")).anyMatch(line -> line.contains(" --size \"$vmSize\" "));
        assertThat(program.setUp(setup("qatarcentral", OPEN))).isNotZero();
        assertThat(program.resources()).isEqualTo(before);
        assertThat(program.setUp(setup("qatarcentral", "{\"name\": \"vm1\", \"size\": \"Standard_B2as_v2\"}")))
                .as(program.printed())
                .isZero();
    }

    @Test
    void aSizeThatIsNamedIsTaken() throws Exception {
        assertThat(program.setUp(setup("japaneast", "{\"name\": \"vm1\", \"size\": \"Standard_B2s\"}")))
                .as(program.printed())
                .isZero();

        assertThat(sizeInAzure("vm1")).isEqualTo("Standard_B2s");
    }

    @Test
    void aRunThatIsResumedMakesMachinesOfTheSameSize() throws Exception {
        Fault refused = program.failPulls();
        assertThat(program.setUp(setup("westeurope", OPEN))).isNotZero();
        refused.remove();
        SetupFile.Read stored = (SetupFile.Read)
                SetupFile.read(Files.readString(program.stored().folder().resolve("setup.json")), true);
        assertThat(stored.request().machines())
                .extracting(SetupRequest.Machine::size)
                .containsExactly("Standard_B2als_v2");
        program.faults().arm().delete(id("vm1"));

        assertThat(program.run("", "--resume", "last")).as(program.printed()).isZero();

        assertThat(sizeInAzure("vm1")).isEqualTo("Standard_B2als_v2");
    }

    private int plan(String location, String machines) throws IOException {
        Path file = Files.writeString(folder.resolve("plan.json"), setup(location, machines));
        return program.run("", "--plan", file.toString(), "--output", "json");
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

    private List<String> texts(String type, String key) throws IOException {
        return printed(type).stream().map(each -> each.path(key).asText()).toList();
    }

    private String sizeInAzure(String machine) {
        return program.cloud()
                .resource(id(machine))
                .orElseThrow()
                .at("/properties/hardwareProfile/vmSize")
                .asText();
    }

    private String id(String machine) {
        return program.resources().stream()
                .filter(id -> id.endsWith("/virtualMachines/" + machine))
                .findFirst()
                .orElseThrow();
    }

    private static String setup(String location, String machines) {
        return """
                {"version": 1, "location": "%s", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                 "machines": [%s], "identity": {"kind": "user-assigned", "name": "myACRId"}}
                """.formatted(location, machines);
    }
}
