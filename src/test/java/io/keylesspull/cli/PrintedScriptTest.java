package io.keylesspull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.app.ProgramInPractice;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.directory.PracticeApp;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that a plan prints does what the program does: today's Azure CLI and OpenSSH run it as it is. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class PrintedScriptTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"kind\": \"user-assigned\", \"name\": \"myACRId\"}; myDockerVM; true",
                "{\"kind\": \"system-assigned\"}; practiceBare; false"
            })
    void theScriptRunsAsItIsPrintedAndEndsInEqualDigests(String identity, String machine, boolean create)
            throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path script = folder.resolve("by-hand.sh");
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system());
                PracticeServer server = program.cloud().serve(0, new SecureRandom())) {
            Path setup = Files.writeString(folder.resolve("setup.json"), """
                    {"version": 1, "signIn": {"method": "environment"}, "location": "japaneast",
                     "resourceGroup": {"name": "byHand"}, "registry": {"name": "byHandRegistry", "create": true,
                     "importSample": true},
                     "image": "aci-helloworld:v1", "machines": [{"name": "%s", "create": %s%s}], "identity": %s}
                    """.formatted(
                            machine, create, create ? "" : ", \"resourceGroup\": \"practiceMachines\"", identity));
            CurrentAzureCli cli = CurrentAzureCli.open(home, program.cloud(), server);
            assertThat(program.run("", "--plan", setup.toString(), "--script=" + script))
                    .as(program.printed())
                    .isZero();
            assertThat(program.printed()).contains("saved as a shell script: " + script);
            assertThat(Files.isExecutable(script)).isTrue();

            ProgramResult result = signedIn(cli, program).run(script, Duration.ofMinutes(15));

            assertThat(result.status()).as(result.out() + "\n" + result.err()).isZero();
            assertThat(result.out().lines().filter(line -> line.startsWith("Proven on " + machine + " sha256:")))
                    .as(result.out())
                    .hasSize(1);
            // Everything that the script made is what the program itself would keep.
            assertThat(program.run("", "--plan", setup.toString(), "--output", "json"))
                    .isZero();
            assertThat(program.printed()
                            .lines()
                            .filter(line -> line.contains("\"plannedChange\""))
                            .filter(line -> !line.contains("\"ssh-key\""))
                            .map(PrintedScriptTest::kind)
                            .distinct()
                            .toList())
                    .isSubsetOf(List.of("find", "ifMissing"));
        }
    }

    @Test
    void eachInstanceOfANewScaleSetIsProvenAndAnotherDigestIsNot() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system());
                PracticeServer server = program.cloud().serve(0, new SecureRandom())) {
            CurrentAzureCli cli = signedIn(CurrentAzureCli.open(home, program.cloud(), server), program)
                    .with("sshPublicKey", ExportedTemplateTest.publicKey());
            Path script = printed(program, """
                    {"version": 1, "signIn": {"method": "environment"}, "location": "japaneast",
                     "resourceGroup": {"name": "byHand"}, "image": "aci-helloworld:v1",
                     "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                     "scaleSet": {"name": "fleet", "instances": 3, "size": "Standard_B1s"},
                     "identity": {"kind": "user-assigned", "name": "myACRId"}}
                    """);

            ProgramResult result = cli.run(script, Duration.ofMinutes(15));

            assertThat(result.status()).as(result.out() + "\n" + result.err()).isZero();
            assertThat(result.out()
                            .lines()
                            .filter(line -> line.matches("Proven on fleet_[0-9a-f]{8} sha256:[0-9a-f]+")))
                    .as(result.out())
                    .hasSize(3);

            String another = "sha256:" + "0".repeat(64);
            String text = Files.readString(script);
            Files.writeString(
                    script,
                    "set -eu\nloginServer=practiceclassic.azurecr.io\n"
                            + text.substring(text.indexOf("# The proof for fleet"))
                                    .replaceFirst("(?m)^digest=.*$", "digest=" + another));
            ProgramResult other = cli.run(script, Duration.ofMinutes(5));
            assertThat(other.status()).as(other.out() + "\n" + other.err()).isOne();
            assertThat(other.err())
                    .containsPattern("Not proven on fleet_[0-9a-f]{8}: sha256:[0-9a-f]{64} is not " + another);
        }
    }

    private static CurrentAzureCli signedIn(CurrentAzureCli cli, ProgramInPractice program) {
        return cli.with("AZURE_CLIENT_ID", PracticeApp.CLIENT_ID)
                .with("AZURE_CLIENT_SECRET", PracticeApp.SECRET)
                .with("AZURE_TENANT_ID", program.cloud().tenantId());
    }

    private Path printed(ProgramInPractice program, String setup) throws IOException {
        Path script = folder.resolve("by-hand.sh");
        Path file = Files.writeString(folder.resolve("setup.json"), setup);
        assertThat(program.run("", "--plan", file.toString(), "--script=" + script))
                .as(program.printed())
                .isZero();
        return script;
    }

    private static String kind(String plannedChange) {
        return plannedChange.replaceFirst(".*\"kind\":\"(\\w+)\".*", "$1");
    }
}
