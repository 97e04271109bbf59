package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.remote.CommandResult;
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

/** A role that is limited to some repositories by a condition. */
@Timeout(120)
class RepositoryScopeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONDITION = "((!(ActionMatches"
            + "{'Microsoft.ContainerRegistry/registries/repositories/content/read'})"
            + " AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/metadata/read'}))"
            + " OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWithIgnoreCase"
            + " 'team/'))";
    private static final String CHECK = "Repositories of registry “practiceabac” that the role is limited to";
    private static final String ABAC = """
            {"name": "practiceabac", "create": false, "resourceGroup": "practiceRegistries"}""";

    @TempDir
    private Path folder;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    @Test
    void theImageIsPulledAndTheIdentityReadsNoOtherRepository() throws IOException {
        String setup = setup(ABAC, "team/api:3.2", "[\"team/*\"]");
        assertThat(planned(setup))
                .anyMatch(line -> line.path("what")
                        .asText()
                        .equals("Role Container Registry Repository Reader on registry practiceabac, only in all below"
                                + " team/"));

        assertThat(program.setUp(setup)).as(program.printed()).isZero();

        assertThat(program.printed()).endsWith("Proven.\n");
        JsonNode role = program.cloud().roleAssignments().stream()
                .filter(each -> !each.at("/properties/condition").isNull())
                .findFirst()
                .orElseThrow();
        assertThat(role.at("/properties/condition").asText()).isEqualTo(CONDITION);
        assertThat(role.at("/properties/conditionVersion").asText()).isEqualTo("2.0");
        String principal = role.at("/properties/principalId").asText();
        String registry = role.at("/properties/scope").asText();
        String read = "Microsoft.ContainerRegistry/registries/repositories/content/read";
        assertThat(program.cloud().permissions().allowsIn(principal, read, registry, "team/api"))
                .isTrue();
        assertThat(program.cloud().permissions().allowsIn(principal, read, registry, "aci-helloworld"))
                .isFalse();

        assertThat(planned(setup).stream().map(line -> line.path("kind").asText()))
                .doesNotContain("create", "change");
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.cloud().roleAssignments())
                .noneMatch(each -> !each.at("/properties/condition").isNull());
    }

    @Test
    void aPullOfAnotherRepositoryIsRefused() throws IOException {
        assertThat(program.setUp(setup(ABAC, "team/api:3.2", "[\"team/api\"]")))
                .as(program.printed())
                .isZero();

        // The same identity, without the limit in the file: its role assignment stays as it is.
        JsonNode check = check(setup(ABAC, "aci-helloworld:v1", "[\"aci-helloworld\"]"), CHECK);
        assertThat(check.path("verdict").asText()).isEqualTo("bad");
        assertThat(check.at("/problem/what").asText()).contains("already, with another condition.");
        assertThat(check.at("/problem/command").asText()).contains("az role assignment delete --ids /subscriptions/");
        assertThat(program.setUp(setup(ABAC, "aci-helloworld:v1", "[\"aci-helloworld\"]")))
                .isOne();
        assertThat(program.printed()).contains("already, with another condition.");

        // Nor for all repositories.
        assertThat(program.setUp(setup(ABAC, "aci-helloworld:v1", "").replace("\"repositories\": ,", "")))
                .isOne();
        assertThat(program.printed()).contains("already, with another condition.");
    }

    @Test
    void theMachinesDockerIsRefusedAnotherRepositoryAsByTheRegistry() throws Exception {
        assertThat(program.setUp(setup(ABAC, "team/api:3.2", "[\"team/*\"]")))
                .as(program.printed())
                .isZero();
        OnMachine machine = new OnMachine(program.cloud(), "practiceDocker");
        assertThat(machine.types("docker", "pull", "practiceabac.azurecr.io/team/api:3.2")
                        .exitStatus())
                .isZero();

        CommandResult refused = machine.types("docker", "pull", "practiceabac.azurecr.io/aci-helloworld:v1");

        assertThat(refused.exitStatus()).isEqualTo(1);
        assertThat(refused.stderr())
                .startsWith("Error response from daemon: ")
                .contains("aci-helloworld")
                .containsPattern("unauthorized: authentication required|denied|401 Unauthorized");
        assertThat(machine.types("docker", "image", "ls", "--quiet", "practiceabac.azurecr.io/aci-helloworld")
                        .stdout())
                .isEmpty();
    }

    @Test
    void anImageOutsideTheRepositoriesOfTheFileIsRefusedBeforeAnythingIsAsked() {
        assertThat(program.setUp(setup(ABAC, "aci-helloworld:v1", "[\"team/*\"]")))
                .isEqualTo(2);
        assertThat(program.printed()).contains("repositories");
    }

    @Test
    void aRoleOnAllRepositoriesIsWiderThanWantedAndStays() throws IOException {
        assertThat(program.setUp(setup(ABAC, "team/api:3.2", "").replace("\"repositories\": ,", "")))
                .as(program.printed())
                .isZero();
        String limited = setup(ABAC, "team/api:3.2", "[\"team/api\"]");

        JsonNode check = check(limited, CHECK);
        assertThat(check.path("verdict").asText()).isEqualTo("doubtful");
        assertThat(check.at("/problem/what").asText()).contains("on all repositories already.");
        assertThat(program.setUp(limited)).as(program.printed()).isZero();
    }

    @Test
    void aRegistryInTheClassicModeCannotLimitARole() throws IOException {
        String setup = setup(ABAC.replace("practiceabac", "practiceclassic"), "web/frontend:1.0", "[\"web/*\"]");

        JsonNode check = check(setup, CHECK.replace("practiceabac", "practiceclassic"));

        assertThat(check.path("verdict").asText()).isEqualTo("bad");
        assertThat(check.at("/problem/command").asText()).contains("--role-assignment-mode rbac-abac");
        assertThat(program.setUp(setup)).isOne();
    }

    @Test
    void aNewRegistryGetsTheModeThatCanLimitARole() {
        String registry = "{\"name\": \"freshregistry7\", \"importSample\": true}";

        assertThat(program.setUp(setup(registry, "team/hello:v1", "[\"team/hello\", \"web/*\"]")))
                .as(program.printed())
                .isZero();

        assertThat(program.printed())
                .contains("Container Registry Repository Reader, only in team/hello and all below web/")
                .endsWith("Proven.\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[\"web/*\"]; The machines pull from repository team/api: name it here too.",
                "[\"team\"]; The machines pull from repository team/api: name it here too.",
                "[\"Team/api\"]; Give a repository, such as team/app",
                "[\"*\"]; Give a repository, such as team/app",
                "[]; Name at least one repository"
            })
    void theImageMustBeInOneOfThem(String repositories, String rule) throws IOException {
        Path file = Files.writeString(folder.resolve("setup.json"), setup(ABAC, "team/api:3.2", repositories));

        assertThat(program.run("", "--plan", file.toString())).isEqualTo(2);
        assertThat(program.printed()).contains(rule);
    }

    @Test
    void theScriptHasTheCondition() throws IOException {
        Path file = Files.writeString(folder.resolve("setup.json"), setup(ABAC, "team/api:3.2", "[\"team/*\"]"));

        assertThat(program.run("", "--plan", file.toString()))
                .as(program.printed())
                .isZero();

        assertThat(program.printed())
                .contains("--scope \"$registryId\" --condition '" + CONDITION.replace("'", "'\\''")
                        + "' --condition-version 2.0 --output none");
    }

    private List<JsonNode> planned(String setup) throws IOException {
        Path file = Files.writeString(folder.resolve("setup.json"), setup);
        program.run("", "--plan", file.toString(), "--output", "json");
        List<JsonNode> lines = new ArrayList<>();
        for (String line : program.printed().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private JsonNode check(String setup, String what) throws IOException {
        return planned(setup).stream()
                .filter(line -> line.path("what").asText().equals(what))
                .findFirst()
                .orElseThrow(() -> new AssertionError(program.printed()));
    }

    private static String setup(String registry, String image, String repositories) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": %s, "image": "%s", "repositories": %s,
                 "machines": [{"name": "practiceDocker", "create": false, "resourceGroup": "practiceMachines"}],
                 "identity": {"kind": "user-assigned", "name": "myACRId"}}
                """.formatted(registry, image, repositories);
    }
}
