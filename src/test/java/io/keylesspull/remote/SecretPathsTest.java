package io.keylesspull.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.text.Redactor;
import io.keylesspull.text.SecretTexts;
import io.keylesspull.time.Time;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Secrets of every known shape, on each way on which a text leaves this room. */
@Timeout(60)
class SecretPathsTest {

    private static final Redactor REDACTOR = new Redactor(List.of(SecretTexts.KNOWN));

    static List<String> all() {
        return SecretTexts.all();
    }

    static List<String> byShape() {
        return SecretTexts.byShape();
    }

    @ParameterizedTest
    @MethodSource("all")
    void outputReadInTwoPartsSplitAnywhereShowsNoSecret(String text) {
        // Characters of several bytes around it, so that splits fall within characters too.
        byte[] bytes = ("日本 " + text + "\n日本\n").getBytes(StandardCharsets.UTF_8);
        for (int split = 0; split <= bytes.length; split++) {
            StringBuilder received = new StringBuilder();
            CommandOutputStream output =
                    CommandOutputStream.masked(REDACTOR, Optional.empty(), received::append, () -> {});
            output.write(bytes, 0, split);
            output.write(bytes, split, bytes.length - split);
            output.finish();
            assertThat(received)
                    .as("split at %d", split)
                    .doesNotContain(SecretTexts.CORE)
                    .startsWith("日本 ");
            assertThat(output.text()).isEqualTo(received.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("byShape")
    void aCommandShowsNoSecretOfItsArgumentsOrItsInput(String text) {
        assertThat(List.of(
                        Command.of("tee", "/x").withStdin(text),
                        Command.of("curl", text, "https://x"),
                        Command.of(text),
                        Command.of("sh", "it's", "'" + text)))
                .allSatisfy(command -> {
                    assertThat(command.shown()).doesNotContain(SecretTexts.CORE);
                    assertThat(command).asString().doesNotContain(SecretTexts.CORE);
                });
        assertThat(Command.of("az", "login", "--password", SecretTexts.CORE).shown())
                .isEqualTo("az login --password ***");
        assertThat(Command.of("az", "login", "--client-secret", "it " + SecretTexts.CORE)
                        .shown())
                .isEqualTo("az login --client-secret '***'");
    }

    @Test
    void bothStreamsAndTheResultOfARealCommandAreMaskedAndItsInputArrivesWhole() throws Exception {
        String secret = "{\"access_token\":\"" + SecretTexts.CORE + "\"}";
        StringBuilder received = new StringBuilder();
        try (TestMachine machine = new TestMachine(io -> {
                    String read = new String(io.in().readAllBytes(), StandardCharsets.UTF_8);
                    // One byte at a time on one stream, the secret's middle last on the other.
                    for (byte b : (read + SecretTexts.KNOWN).getBytes(StandardCharsets.UTF_8)) {
                        io.out().write(b);
                        io.out().flush();
                    }
                    io.err().write(read.substring(0, 20).getBytes(StandardCharsets.UTF_8));
                    io.err().flush();
                    io.err().write(read.substring(20).getBytes(StandardCharsets.UTF_8));
                    io.err().flush();
                    return read.equals(secret) ? 0 : 1;
                });
                RemoteShell shell = RemoteShell.connect(machine.target(), SshRoute.direct(), REDACTOR, Time.system())) {
            CommandResult result =
                    shell.run(Command.of("cat").withStdin(secret), (stream, chunk) -> received.append(chunk));
            assertThat(result)
                    .isEqualTo(
                            new CommandResult(0, "{\"access_token\":\"***\"}***", "{\"access_token\":\"***\"}", false));
        }
        assertThat(received).doesNotContain(SecretTexts.CORE);
    }

    @Test
    void aCommandThatTookTooLongIsReportedWithoutItsSecrets() throws Exception {
        try (TestMachine machine = new TestMachine(io -> null);
                RemoteShell shell = machine.connect()) {
            Command slow = Command.of("login", "--password", SecretTexts.CORE)
                    .withStdin(SecretTexts.CORE)
                    .withTimeout(java.time.Duration.ofMillis(50));
            assertThat(RemoteShellTest.assertKind(
                            SshException.Kind.COMMAND_TIMED_OUT, () -> shell.run(slow, OutputListener.none())))
                    .hasMessageContaining("login --password ***")
                    .hasMessageNotContaining(SecretTexts.CORE);
        }
    }
}
