package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.keylesspull.app.cli.ExitStatus;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs with a key of the user's own. */
@Timeout(120)
class OwnKeyTest {

    @TempDir
    private Path folder;

    @Test
    void aPuttyKeyAtAQuotedPathOpensTheMachineAndItsPathIsKeptAsAnAbsoluteOne() throws Exception {
        Path key = saved("putty3-rsa.ppk");
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            assertThat(program.setUp(setup("\"" + key + "\"")))
                    .as(program.printed())
                    .isEqualTo(ExitStatus.PROVEN);
            assertThat(keptKey(program)).isEqualTo(key.toString());
        }
    }

    @Test
    void whereOpenSshCannotReadThePuttyKeyTheScriptAndTheResultSaySo() throws Exception {
        Path key = saved("putty3-rsa.ppk");
        String converting = "puttygen '" + key + "' -O private-openssh -o '"
                + key.toString().replace(".ppk", "") + "'";
        Path setup = Files.writeString(folder.resolve("plan.json"), setup(key.toString()));
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            assertThat(program.run("", "--plan", setup.toString()))
                    .as(program.printed())
                    .isZero();
            assertThat(program.printed().lines())
                    .containsSubsequence(
                            "# OpenSSH cannot read this key, which is in PuTTY's format. To get one that it can read:",
                            "# " + converting);

            assertThat(program.setUp(setup(key.toString())))
                    .as(program.printed())
                    .isEqualTo(ExitStatus.PROVEN);
            assertThat(program.printed())
                    .contains(converting, "Only Keyless Pull itself reaches this practice machine.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"locked-openssh.pem", "locked-pkcs8.pem"})
    void aKeyWithAPassphraseOpensTheMachineAndThePassphraseIsNowhere(String name) throws Exception {
        Path key = saved(name);
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            program.answers("open", "open sesame");

            assertThat(program.setUp(setup(key.toString())))
                    .as(program.printed())
                    .isEqualTo(ExitStatus.PROVEN);

            assertThat(program.printed())
                    .contains("That is not its passphrase. Passphrase of the private key " + key)
                    .doesNotContain("open sesame");
            assertThat(program.run("", "--undo", "last", "--yes"))
                    .as("its passphrase is not asked for again: " + program.printed())
                    .isZero();
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(Files::isRegularFile))
                        .noneMatch(file -> text(file).contains("open sesame"));
            }
        }
    }

    @Test
    void whereNobodyGivesThePassphraseTheCheckSaysSo() throws Exception {
        Path key = saved("locked-openssh.pem");
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            assertThat(program.setUp(setup(key.toString())))
                    .as(program.printed())
                    .isEqualTo(ExitStatus.FAILED);
            assertThat(program.printed())
                    .contains("is protected by a passphrase, and no SSH agent that runs here has it", "ssh-add");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRelativePathIsKeptAsAnAbsoluteOne() throws Exception {
        Path key = saved("openssh-ed25519.pem");
        Path relative = Path.of("").toAbsolutePath().relativize(key);
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            assertThat(program.setUp(setup(relative.toString())))
                    .as(program.printed())
                    .isEqualTo(ExitStatus.PROVEN);
            assertThat(Path.of(keptKey(program))).isAbsolute();
            assertThat(Path.of(keptKey(program)).normalize()).isEqualTo(key);
        }
    }

    private Path saved(String name) throws IOException {
        Path file = folder.toAbsolutePath().resolve("my " + name);
        try (InputStream in = OwnKeyTest.class.getResourceAsStream("/io/keylesspull/remote/keys/" + name)) {
            Files.copy(in, file);
        }
        return file;
    }

    private static String keptKey(ProgramInPractice program) throws IOException {
        try (Stream<Path> runs = Files.list(program.runs())) {
            JsonNode kept = new ObjectMapper()
                    .readTree(
                            runs.findFirst().orElseThrow().resolve("setup.json").toFile());
            return kept.at("/machines/0/sshKey").textValue();
        }
    }

    private static String setup(String key) {
        return """
                {"version": 1, "location": "japaneast",
                 "resourceGroup": {"name": "own-key", "create": true},
                 "registry": {"name": "OwnKeyRegistry", "create": true, "importSample": true},
                 "image": "aci-helloworld:v1",
                 "machines": [{"name": "ownKeyVm", "create": true, "sshKey": %s}],
                 "identity": {"kind": "user-assigned", "name": "ownKeyId", "create": true}, "role": "AcrPull"}
                """.formatted(TextNode.valueOf(key));
    }
}
