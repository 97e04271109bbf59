package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Registries of which an identity can prove little, or nothing: open to everybody, or in another directory. */
@Timeout(120)
class OpenRegistryTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    @Test
    void anonymousPullIsNoticedBeforeTheRunAndInTheProof() throws IOException {
        String setup = setup("practiceopen");
        JsonNode check = check(setup, 0, "Who may pull from registry “practiceopen”");
        assertThat(check.path("verdict").asText()).isEqualTo("doubtful");
        assertThat(check.at("/problem/meaning").asText()).startsWith("A pull needs no identity there.");

        assertThat(program.setUp(setup)).as(program.printed()).isZero();

        assertThat(program.printed())
                .containsPattern("proof .*pulled as the identity “myACRId” .*The registry lets everybody pull")
                .endsWith("Proven.\n");
    }

    @Test
    void aRegistryThatGivesNothingToEverybodyIsNotMentioned() throws IOException {
        assertThat(program.setUp(setup("practiceclassic")))
                .as(program.printed())
                .isZero();

        assertThat(program.printed()).doesNotContain("Who may pull", "lets everybody pull");
    }

    @Test
    void aRegistryElsewhereIsReportedWithTheReasonWhyAnotherDirectoryIsOutOfReach() throws IOException {
        JsonNode check = check(setup("contoso"), 1, "Registry “contoso”");

        assertThat(check.at("/problem/what").asText())
                .isEqualTo("There is no container registry “contoso” in any subscription that your account" + " sees.");
        assertThat(check.at("/problem/meaning").asText())
                .contains("another directory (tenant)", "Your account is also in: ", "partner.onmicrosoft.com");
        assertThat(program.setUp(setup("contoso"))).isOne();
        assertThat(program.printed()).contains("But its name is taken");
    }

    @Test
    void aRegistryInAnotherGroupIsReportedWithThatGroup() throws IOException {
        String setup = setup("practiceclassic").replace("\"practiceRegistries\"", "\"practiceMachines\"");

        assertThat(check(setup, 1, "Registry “practiceclassic”")
                        .at("/problem/what")
                        .asText())
                .isEqualTo("Container registry “practiceclassic” is not in resource group “practiceMachines”, but in"
                        + " “practiceRegistries”.");
    }

    @Test
    void aRegistryThatIsNowhereIsReportedAsMissing() throws IOException {
        JsonNode check = check(setup("nowhere12345"), 1, "Registry “nowhere12345”");

        assertThat(check.at("/problem/what").asText())
                .isEqualTo("There is no container registry “nowhere12345” in resource group “practiceRegistries”.");
    }

    private JsonNode check(String setup, int status, String what) throws IOException {
        Path file = Files.writeString(folder.resolve("setup.json"), setup);
        assertThat(program.run("", "--plan", file.toString(), "--output", "json"))
                .as(program.printed())
                .isEqualTo(status);
        for (String line : program.printed().lines().toList()) {
            JsonNode event = JSON.readTree(line);
            if (event.path("what").asText().equals(what)) {
                return event;
            }
        }
        throw new AssertionError(program.printed());
    }

    private static String setup(String registry) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "%s", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1",
                 "machines": [{"name": "practiceDocker", "create": false, "resourceGroup": "practiceMachines"}],
                 "identity": {"kind": "user-assigned", "name": "myACRId"}}
                """.formatted(registry);
    }
}
