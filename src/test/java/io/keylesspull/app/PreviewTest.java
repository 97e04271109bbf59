package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a plan says it would do is what the run then reports, step by step. */
@Timeout(120)
class PreviewTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The outcomes that each kind of preview may have; a step that is not listed only looks. */
    private static final Map<String, Set<String>> OUTCOMES = Map.of(
            "create", Set.of("created"),
            "change", Set.of("changed"),
            "find", Set.of("found"),
            "ifMissing", Set.of("created", "changed", "found"),
            "", Set.of("checked", "found"));

    @TempDir
    private Path folder;

    static Stream<Arguments> everyCase() {
        return Stream.of("\"user-assigned\", \"name\": \"myACRId\", \"create\": true", "\"system-assigned\"")
                .flatMap(identity -> Stream.of("myDockerVM", "practiceBare", "practiceDocker")
                        .flatMap(machine -> Stream.of("myContainerRegistry", "practiceclassic", "practiceabac")
                                .map(registry -> Arguments.of(identity, machine, registry))));
    }

    static Stream<Arguments> privateMachines() {
        String jumpHost = "\"ssh\": {\"jumpHosts\": [{\"host\": \"practicejump.japaneast.cloudapp.azure.com\","
                + " \"user\": \"azureuser\"}]}";
        return Stream.of(
                Arguments.of("behind a NAT gateway", "\"name\": \"myDockerVM\", \"publicAddress\": false"),
                Arguments.of(
                        "in a subnet, through a jump host",
                        "\"name\": \"myDockerVM\", \"subnet\": \"NETWORK/practiceJumpVNET/subnets/"
                                + "practiceJumpSubnet\", "
                                + jumpHost),
                Arguments.of(
                        "in a subnet, by Run Command",
                        "\"name\": \"myDockerVM\", \"runCommand\": true, "
                                + "\"subnet\": \"NETWORK/practiceAgentOnlyVNET/subnets/practiceAgentOnlySubnet\""),
                Arguments.of(
                        "stopped, and started",
                        "\"name\": \"practiceStopped\", \"create\": false, \"resourceGroup\": \"practiceMachines\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("privateMachines")
    void soItIsForOtherMachines(String what, String machine) throws IOException {
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            String network = "/subscriptions/" + program.cloud().subscriptionId()
                    + "/resourceGroups/practiceMachines/providers/Microsoft.Network/virtualNetworks";
            Path file =
                    Files.writeString(folder.resolve("setup.json"), """
                    {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                     "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                     "machines": [{%s}], "identity": {"kind": "system-assigned"}, "startStopped": true}
                    """.formatted(machine.replace("NETWORK", network)));
            Map<String, String> first = planned(program, file);
            assertThat(first).containsValues("create");
            run(program, file, first);

            Map<String, String> again = planned(program, file);
            assertThat(again.values()).isSubsetOf("find", "ifMissing");
            run(program, file, again);
        }
    }

    @ParameterizedTest
    @MethodSource("everyCase")
    void thePreviewIsWhatTheRunReportsAndAfterwardsEverythingIsKept(String identity, String machine, String registry)
            throws IOException {
        Path file = Files.writeString(folder.resolve("setup.json"), setup(identity, machine, registry));
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            Map<String, String> first = planned(program, file);
            assertThat(first).containsValues("create");
            run(program, file, first);

            Map<String, String> again = planned(program, file);
            assertThat(again.values()).isSubsetOf("find", "ifMissing");
            assertThat(again.entrySet())
                    .filteredOn(entry -> !entry.getKey().contains("@")
                            && !(registry.equals("practiceabac")
                                    && entry.getKey().equals("image")))
                    .extracting(Map.Entry::getValue)
                    .containsOnly("find");
            run(program, file, again);
        }
    }

    private static String setup(String identity, String machine, String registry) {
        boolean newMachine = machine.equals("myDockerVM");
        boolean newRegistry = registry.equals("myContainerRegistry");
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup", "create": true},
                 "registry": {"name": "%s", "create": %s, "importSample": true%s}, "image": "aci-helloworld:v9",
                 "machines": [{"name": "%s", "create": %s%s}], "identity": {"kind": %s}}
                """.formatted(
                        registry,
                        newRegistry,
                        newRegistry ? "" : ", \"resourceGroup\": \"practiceRegistries\"",
                        machine,
                        newMachine,
                        newMachine ? "" : ", \"resourceGroup\": \"practiceMachines\", \"ssh\": {\"addKey\": true}",
                        identity);
    }

    /** @return the kind of each listed step */
    private static Map<String, String> planned(ProgramInPractice program, Path file) throws IOException {
        assertThat(program.run("", "--plan", file.toString(), "--output", "json"))
                .as(program.printed())
                .isZero();
        Map<String, String> planned = new TreeMap<>();
        for (JsonNode line : lines(program)) {
            if (line.path("type").asText().equals("plannedChange")) {
                assertThat(planned.put(step(line), line.path("kind").asText()))
                        .as("listed once")
                        .isNull();
            }
        }
        return planned;
    }

    private static void run(ProgramInPractice program, Path file, Map<String, String> planned) throws IOException {
        assertThat(program.run("", "--run", file.toString(), "--output", "json"))
                .as(program.printed())
                .isZero();
        Set<String> ended = new TreeSet<>();
        for (JsonNode line : lines(program)) {
            switch (line.path("type").asText()) {
                case "stepSucceeded" -> {
                    ended.add(step(line));
                    String kind = planned.getOrDefault(step(line), "");
                    assertThat(OUTCOMES.get(kind))
                            .as(step(line) + " was previewed as “" + kind + "”")
                            .contains(line.path("outcome").asText());
                }
                case "resourceCreating", "changeBegun" -> {
                    // A script of Run Command is gone when its step ends.
                    if (!line.path("resourceId").asText().contains("/runCommands/")) {
                        assertThat(planned)
                                .as("everything that is changed is in the preview: " + line)
                                .containsKey(step(line));
                    }
                }
                default -> {}
            }
        }
        assertThat(ended).containsAll(planned.keySet());
    }

    private static List<JsonNode> lines(ProgramInPractice program) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : program.printed().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static String step(JsonNode line) {
        return line.has("machine")
                ? line.path("step").asText() + "@" + line.path("machine").asText()
                : line.path("step").asText();
    }
}
