package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.time.Time;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell script that a plan saves; that it runs as it is printed is tested with the real Azure CLI. */
@Timeout(60)
class PlanScriptTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"\"azureCli\": true", "\"azureCli\": false", "\"keepSignedIn\": false", "\"dockerGroup\": false"
            })
    void theShellAndShellcheckFindNothingWrongWithIt(String access) throws Exception {
        Path script = saved(Files.readString(Path.of("assets/example-practice.json"))
                .replaceAll("\"(azureCli|keepSignedIn|dockerGroup)\": true(,)?", "")
                .replace("\"role\"", access + ", \"role\"")
                .replaceAll(",\\s*}\\s*$", "}"));

        assertThat(checked("/bin/sh", "-n", script.toString())).isEmpty();
        assertThat(checked(Tool.find("shellcheck").toString(), "--shell=sh", script.toString()))
                .isEmpty();
    }

    @Test
    void itCanBeRunAndIsPrintedLineByLineToo() throws Exception {
        Path script = saved(Files.readString(Path.of("assets/example-practice.json")));

        assertThat(Files.isExecutable(script)).isTrue();
        assertThat(Files.readString(script)).startsWith("#!/bin/sh\n");
    }

    @Test
    void whatIsThereIsNotInstalledByIt() throws Exception {
        assertThat(Files.readString(saved(Files.readString(Path.of("assets/example-practice.json")))))
                .containsPattern("'command -v docker > /dev/null \\|\\| \\{ sudo .*apt-get .*update; }'")
                .containsPattern("'command -v az > /dev/null \\|\\| \\{ sudo mkdir -p /etc/apt/keyrings; }'");
    }

    @Test
    void theTemplateOfAScaleSetIsAFileOfManyLinesInIt() throws Exception {
        Path script = saved("""
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "fleet-rg"},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", "scaleSet": {"name": "fleet", "instances": 3},
                 "identity": {"kind": "user-assigned", "name": "fleet-id"}}
                """);
        String text = Files.readString(script);
        int begin = text.indexOf("cat > fleet.json <<'END_OF_FILE'\n");
        String lines = text.substring(begin, text.indexOf("\nEND_OF_FILE\n", begin)) + "\nEND_OF_FILE\n";

        assertThat(lines.lines().count()).isGreaterThan(50);
        assertThat(checked("/bin/sh", "-c", "cd \"$1\"\n" + lines, "sh", folder.toString()))
                .isEmpty();
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("fleet.json").toFile())
                        .path("resources"))
                .isNotEmpty();
        assertThat(checked("/bin/sh", "-n", script.toString())).isEmpty();
        assertThat(checked(Tool.find("shellcheck").toString(), "--shell=sh", script.toString()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"clusters\": [{\"name\": \"practiceCluster\"}]",
                "\"machines\": [{\"name\": \"practiceAgentOnly\", \"create\": false, \"resourceGroup\":"
                        + " \"practiceMachines\", \"runCommand\": true}], \"identity\":"
                        + " {\"kind\": \"system-assigned\"}"
            })
    void shellcheckFindsNothingWrongWithItForOtherTargets(String targets) throws Exception {
        Path script = saved("""
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "practiceClusters", "create": false},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", %s}
                """.formatted(targets));

        assertThat(checked(Tool.find("shellcheck").toString(), "--shell=sh", script.toString()))
                .isEmpty();
    }

    private Path saved(String setup) throws Exception {
        Path script = folder.resolve("by-hand.sh");
        Path file = Files.writeString(folder.resolve("setup.json"), setup);
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            assertThat(program.run("", "--plan", file.toString(), "--script=" + script))
                    .as(program.printed())
                    .isZero();
            String saved = Files.readString(script);
            assertThat(program.run("", "--plan", file.toString()))
                    .as(program.printed())
                    .isZero();
            List<String> lines = saved.lines()
                    .dropWhile(line -> !line.equals("set -eu"))
                    .skip(1)
                    .filter(line -> !line.isBlank())
                    .toList();
            assertThat(program.printed().lines().toList())
                    .as("printed as it is saved")
                    .containsSubsequence(lines);
        }
        return script;
    }

    private static String checked(String... argv) throws Exception {
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }
}
