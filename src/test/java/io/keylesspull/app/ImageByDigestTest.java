package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image that the setup file names by its digest. */
@Timeout(120)
class ImageByDigestTest {

    /** Ubuntu has a Docker that asks the registry at every pull, Debian one that does not. */
    private static final String UBUNTU = """
            {"name": "practiceDocker", "create": false, "resourceGroup": "practiceMachines"}""";

    private static final String DEBIAN = """
            {"name": "debian", "image": "Debian12"}""";

    @TempDir
    private Path folder;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    @ParameterizedTest
    @CsvSource({
        "practiceclassic, ubuntu, true",
        "practiceclassic, ubuntu, false",
        "practiceclassic, debian, true",
        "practiceclassic, debian, false",
        "practiceabac, debian, true",
        "practiceabac, debian, false"
    })
    void isPulledProvenAndUndone(String registry, String system, boolean azureCli) {
        String digest = digest(registry, "aci-helloworld", "v1");
        String setup = setup(registry, "aci-helloworld@" + digest, system.equals("debian") ? DEBIAN : UBUNTU, azureCli);

        assertThat(program.setUp(setup)).as(program.printed()).isZero();
        assertThat(program.printed())
                .contains("docker pull " + registry + ".azurecr.io/aci-helloworld@" + digest)
                .endsWith("Proven.\n");

        assertThat(program.setUp(setup)).as(program.printed()).isZero();
        // A pull of what is there would prove nothing on an older Docker.
        assertThat(program.printed())
                .contains("docker manifest inspect " + registry + ".azurecr.io/aci-helloworld@" + digest)
                .endsWith("Proven.\n");
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.cloud().images()).contains(registry + ".azurecr.io/aci-helloworld:v1 " + digest);
    }

    @Test
    void aDigestThatTheRegistryDoesNotHaveIsReportedBeforeAnythingIsMade() throws IOException {
        String image = "aci-helloworld@sha256:" + "0".repeat(64);
        Path file = Files.writeString(folder.resolve("setup.json"), setup("practiceclassic", image, UBUNTU, true));

        assertThat(program.run("", "--plan", file.toString())).isOne();
        assertThat(program.printed()).contains("Registry practiceclassic.azurecr.io has no image “" + image + "”.");
    }

    private String digest(String registry, String repository, String tag) {
        String start = registry + ".azurecr.io/" + repository + ":" + tag + " ";
        return program.cloud()
                .images()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElseThrow();
    }

    private static String setup(String registry, String image, String machine, boolean azureCli) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "%s", "create": false, "resourceGroup": "practiceRegistries"}, "image": "%s",
                 "machines": [%s], "identity": {"kind": "user-assigned", "name": "myACRId"}, "azureCli": %s}
                """.formatted(registry, image, machine, azureCli);
    }
}
