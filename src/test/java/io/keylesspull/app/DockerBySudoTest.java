package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A machine whose user does not get into the group docker: the tutorial's "may have to be run with sudo". */
@Timeout(120)
class DockerBySudoTest {

    private static final String IMAGE = "practiceclassic.azurecr.io/aci-helloworld:v1";

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    private OnMachine machine;

    @BeforeEach
    void begin() {
        machine = new OnMachine(program.cloud(), "practiceBare");
    }

    private void setUp(String identity, boolean keepSignedIn, boolean azureCli) {
        assertThat(program.setUp("""
                {"version": 1, "location": "japaneast",
                 "resourceGroup": {"name": "practiceMachines", "create": false},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", "machines": [{"name": "practiceBare", "create": false}],
                 "identity": %s, "keepSignedIn": %s, "azureCli": %s, "dockerGroup": false}
                """.formatted(identity, keepSignedIn, azureCli)))
                .as(program.printed())
                .isZero();
    }

    private List<String> typed() {
        return program.printed()
                .lines()
                .filter(line -> line.contains(" $ "))
                .map(line -> line.substring(line.indexOf(" $ ") + 3))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"kind": "user-assigned", "name": "myACRId"} | true  | true
            {"kind": "user-assigned", "name": "myACRId"} | false | true
            {"kind": "user-assigned", "name": "myACRId"} | true  | false
            {"kind": "system-assigned"}                  | true  | true
            {"kind": "system-assigned"}                  | false | true
            {"kind": "system-assigned"}                  | true  | false
            """)
    void thePullIsProvenWithoutTheGroup(String identity, boolean keepSignedIn, boolean azureCli) throws Exception {
        setUp(identity, keepSignedIn, azureCli);

        assertThat(program.printed()).contains("Proven.", "    sudo docker pull " + IMAGE);
        assertThat(typed())
                .contains("sudo docker pull " + IMAGE)
                .noneMatch(command -> command.contains("usermod")
                        || command.startsWith("docker ") && !command.equals("docker --version"));
        assertThat(machine.types("id", "-nG").stdout()).doesNotContain("docker");
        assertThat(machine.types("docker", "pull", IMAGE).stderr()).contains("permission denied");
        assertThat(machine.types("sudo", "docker", "pull", IMAGE).ok()).isTrue();
    }

    @Test
    void allOfTheTutorialsSignInsAreRoots() throws Exception {
        setUp("{\"kind\": \"system-assigned\"}", false, true);

        assertThat(typed())
                .containsSubsequence(
                        "sudo az login --identity --allow-no-subscriptions --output none",
                        "sudo az acr login --name practiceclassic",
                        "sudo docker pull " + IMAGE);
        assertThat(machine.types("az", "account", "show").ok()).isFalse();
        assertThat(machine.types("sudo", "az", "account", "show").ok()).isTrue();
        assertThat(machine.file("/home/azureuser/.docker/config.json")).isEmpty();
        assertThat(machine.file("/root/.docker/config.json")).isPresent();
    }

    @Test
    void undoSignsRootOutAgain() throws Exception {
        setUp("{\"kind\": \"system-assigned\"}", false, true);

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();

        assertThat(typed())
                .containsSubsequence(
                        "sudo docker image rm " + IMAGE,
                        "sudo docker logout practiceclassic.azurecr.io",
                        "sudo az logout --username systemAssignedIdentity");
        assertThat(machine.file("/root/.docker/config.json")).isEmpty();
    }
}
