package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that the registry imports from elsewhere. */
@Timeout(120)
class ImportTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CLASSIC = """
            "name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries\"""";

    @TempDir
    private Path folder;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    @Test
    void anImageOfDockerHubIsImportedProvenAndDeletedByUndo() throws IOException {
        List<String> before = program.cloud().images().toList();
        String setup = setup(CLASSIC, "docker.io/library/nginx:1.27", "mirror/nginx:1.27");
        assertThat(check(setup, "docker.io/library/nginx:1.27").path("verdict").asText())
                .isEqualTo("good");

        assertThat(program.setUp(setup)).as(program.printed()).isZero();
        assertThat(program.printed())
                .contains("imported from docker.io/library/nginx:1.27")
                .endsWith("Proven.\n");
        assertThat(program.cloud().images())
                .anyMatch(line -> line.startsWith("practiceclassic.azurecr.io/mirror/nginx:1.27 "));

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.cloud().images()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void whatAnotherImageNamesTooStaysUntilThatIsUndone() throws IOException {
        List<String> before = program.cloud().images().toList();
        assertThat(program.setUp(setup(CLASSIC, "docker.io/library/nginx:1.27", "mirror/nginx:1.27")))
                .as(program.printed())
                .isZero();
        List<String> first = program.cloud().images().toList();
        assertThat(first)
                .filteredOn(line -> line.startsWith("practiceclassic.azurecr.io/mirror/nginx@"))
                .as("that of all platforms, and one for each of two")
                .hasSize(3);
        String run = onlyRun();
        assertThat(program.setUp(setup(CLASSIC, "docker.io/library/nginx:1.27", "mirror/nginx:again")))
                .as(program.printed())
                .isZero();

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.cloud().images()).containsExactlyInAnyOrderElementsOf(first);

        assertThat(program.run("", "--undo", run, "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.cloud().images()).containsExactlyInAnyOrderElementsOf(before);
    }

    private String onlyRun() throws IOException {
        try (Stream<Path> runs = Files.list(program.runs())) {
            return runs.map(each -> each.getFileName().toString()).findFirst().orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/nginx:1.27, nginx:1.27",
        "quay.io/coreos/etcd:v3.5.17, etcd:v3",
        "RESOURCE/practiceclassic/web/frontend:1.1, frontend:1.1",
        "RESOURCE/practiceclassic/web/frontend@DIGEST, frontend:1.1"
    })
    void aNewRegistryImportsIt(String source, String image) throws IOException {
        String from = resolved(source);
        String setup = setup("\"name\": \"freshregistry7\"", from, image);
        assertThat(check(setup, from.replace("docker.io/nginx", "docker.io/library/nginx"))
                        .path("verdict")
                        .asText())
                .isEqualTo("good");

        assertThat(program.setUp(setup)).as(program.printed()).isZero();
        assertThat(program.printed()).endsWith("Proven.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/library/nginx:9.9, bad, There is no image docker.io/library/nginx:9.9.",
        "docker.io/contoso/secret:1, bad, docker.io does not show docker.io/contoso/secret:1 to everybody.",
        "mcr.microsoft.com/none:1, bad, There is no image mcr.microsoft.com/none:1.",
        "images.contoso.com/app:1, doubtful, images.contoso.com/app:1 was not checked: this computer cannot read it.",
        "RESOURCE/practiceclassic/none:1, bad,"
                + " 'Registry practiceclassic, which the image is to be imported from, has no image none:1.'",
        "RESOURCE/practicenone/none:1, bad, 'Registry practicenone, which the image is to be imported from,"
                + " was not found in resource group practiceRegistries of subscription SUBSCRIPTION.'",
        "NOGROUP/practiceclassic/none:1, bad, 'Resource group nowhere with registry practiceclassic,"
                + " which the image is to be imported from, was not found in subscription SUBSCRIPTION.'",
        "NOSUBSCRIPTION/practiceclassic/none:1, bad,"
                + " 'Subscription x, which the image is to be imported from, was not found.'",
        "RESOURCE/practiceabac/team/api:3.2, doubtful,"
                + " RESOURCE/practiceabac/team/api:3.2 was not checked: this computer cannot read it."
    })
    void theSourceIsCheckedBeforeTheRunAsFarAsThisComputerReadsIt(String source, String verdict, String what)
            throws IOException {
        String from = resolved(source);

        JsonNode check = check(setup(CLASSIC, from, "mirror/app:1"), from);

        assertThat(check.path("verdict").asText()).isEqualTo(verdict);
        assertThat(check.at("/problem/what").asText()).isEqualTo(resolved(what));
    }

    @Test
    void theAdviceFitsTheKindOfSource() throws IOException {
        String host = "images.contoso.com/app:1";
        String registry = resolved("RESOURCE/practiceabac/team/api:3.2");

        assertThat(check(setup(CLASSIC, host, "mirror/app:1"), host)
                        .path("problem")
                        .toString())
                .contains("images.contoso.com can be reached from the internet", "The connection was closed")
                .doesNotContain("Azure registry", "EOF");
        assertThat(check(setup(CLASSIC, registry, "mirror/app:1"), registry)
                        .at("/problem/remedy")
                        .asText())
                .contains("another Azure registry", "Container Registry Data Importer and Data Reader");
    }

    @Test
    void anImageThatIsThereAlreadyIsKeptAndUndoLeavesIt() throws IOException {
        List<String> before = program.cloud().images().toList();
        String setup = setup(CLASSIC, "docker.io/library/nginx:1.27", "web/frontend:1.0");

        assertThat(program.setUp(setup)).as(program.printed()).isZero();
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();

        assertThat(program.cloud().images()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void aSourceThatAzureDoesNotFindFailsTheRun() {
        assertThat(program.setUp(setup(CLASSIC, "images.contoso.com/app:1", "mirror/app:1")))
                .isOne();
        assertThat(program.printed())
                .contains("images.contoso.com/app:1 could not be read. Response status code does not indicate success");
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/library/nginx:1.27, --source docker.io/library/nginx:1.27 --image mirror/app:1",
        "RESOURCE/practiceclassic/web/frontend:1.1,"
                + " --source web/frontend:1.1 --image mirror/app:1 --registry RESOURCE/practiceclassic"
    })
    void theScriptImportsItToo(String source, String command) throws IOException {
        Path file = Files.writeString(
                folder.resolve("setup.json"), setup("\"name\": \"freshregistry7\"", resolved(source), "mirror/app:1"));

        assertThat(program.run("", "--plan", file.toString()))
                .as(program.printed())
                .isZero();

        assertThat(program.printed())
                .contains("az acr import --resource-group myResourceGroup --name freshregistry7 " + resolved(command));
    }

    private String resolved(String text) {
        String resource = "/subscriptions/" + program.cloud().subscriptionId()
                + "/resourceGroups/practiceRegistries/providers/Microsoft.ContainerRegistry/registries";
        String start = "practiceclassic.azurecr.io/web/frontend:1.1 ";
        String digest = program.cloud()
                .images()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElseThrow();
        return text.replace("RESOURCE", resource)
                .replace("NOGROUP", resource.replace("/practiceRegistries/", "/nowhere/"))
                .replace("NOSUBSCRIPTION", resource.replace(program.cloud().subscriptionId(), "x"))
                .replace("SUBSCRIPTION", program.cloud().subscriptionId())
                .replace("DIGEST", digest);
    }

    private JsonNode check(String setup, String source) throws IOException {
        Path file = Files.writeString(folder.resolve("setup.json"), setup);
        program.run("", "--plan", file.toString(), "--output", "json");
        for (String line : program.printed().lines().toList()) {
            JsonNode event = JSON.readTree(line);
            if (event.path("what").asText().equals("Image to import: " + source)) {
                return event;
            }
        }
        throw new AssertionError(program.printed());
    }

    private static String setup(String registry, String source, String image) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {%s, "import": "%s"}, "image": "%s",
                 "machines": [{"name": "practiceDocker", "create": false, "resourceGroup": "practiceMachines"}],
                 "identity": {"kind": "user-assigned", "name": "myACRId"}}
                """.formatted(registry, source, image);
    }
}
