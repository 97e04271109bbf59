package io.keylesspull.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CommandTest {

    private static final String ALPHABET = "ab0 '\"\n\t$`\\!*?[]{}()<>|&;#~=%^-é日🐳\r";

    @Test
    void plainArgumentsStayAsTheyAre() {
        assertThat(Command.of("docker", "pull", "contoso.azurecr.io/aci-helloworld:v1")
                        .shellLine())
                .isEqualTo("docker pull contoso.azurecr.io/aci-helloworld:v1");
        assertThat(Command.of("DEBIAN_FRONTEND=noninteractive", "x").asRoot().shellLine())
                .isEqualTo("sudo DEBIAN_FRONTEND=noninteractive x");
    }

    @Test
    void aProgramWhoseNameLooksLikeAnAssignmentIsQuoted() {
        assertThat(Command.of("A=b").shellLine()).isEqualTo("'A=b'");
        assertThat(Command.of("printf", "").shellLine()).isEqualTo("printf ''");
    }

    @Test
    void aCommandWithInputIsShownAsAHereDocument() {
        assertThat(Command.of("tee", "/etc/x").asRoot().withStdin("one\nEOF\n").shown())
                .isEqualTo("sudo tee /etc/x <<'EOF_'\none\nEOF\nEOF_");
        assertThat(Command.of("tee", "/etc/x").withStdin("one").shown()).isEqualTo("tee /etc/x <<'EOF'\none\nEOF");
        assertThat(Command.of("login").withStdin("eyJhbGciOi.eyJhdWQiOi.c2ln").shown())
                .doesNotContain("eyJ");
        assertThat(Command.of("login").withStdin("hunter22")).hasToString("login");
    }

    @Test
    void whatCannotBeSentIsRefused() {
        assertThatThrownBy(() -> Command.of()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Command.of("a", "b\0c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Command.of("a").withTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aShellReadsBackTheArgumentsThatWereQuoted() throws Exception {
        Random random = new Random(20);
        for (int round = 0; round < 40; round++) {
            List<String> arguments = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                arguments.add(text(random));
            }
            List<String> argv = new ArrayList<>(List.of("printf", "%s\\001"));
            argv.addAll(arguments);
            Process shell = new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            Command.of(argv.toArray(String[]::new)).shellLine())
                    .start();
            byte[] printed = shell.getInputStream().readAllBytes();
            assertThat(shell.waitFor()).isZero();
            assertThat(printed).isEqualTo((String.join("\1", arguments) + "\1").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String text(Random random) {
        int[] letters = ALPHABET.codePoints().toArray();
        return random.ints(random.nextInt(12), 0, letters.length)
                .map(index -> letters[index])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
