package io.keylesspull.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StartMarkTest {

    /** What a shell of this computer prints for a line, after what it prints itself. */
    private static TestMachine.Behaviour shell(String before, String after) {
        return io -> {
            Process sh = new ProcessBuilder("sh", "-c", before + io.line() + after).start();
            sh.getOutputStream().close();
            io.out().write(sh.getInputStream().readAllBytes());
            io.err().write(sh.getErrorStream().readAllBytes());
            io.out().flush();
            io.err().flush();
            sh.waitFor(20, TimeUnit.SECONDS);
            return sh.exitValue();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "echo Welcome; ", "printf '画像'; echo stale >&2; ", "set -x; echo a; "})
    void onlyTheCommandsOwnOutputAndStatusComeBack(String atStart) throws Exception {
        try (TestMachine machine = new TestMachine(shell(atStart, ""));
                RemoteShell shell = machine.connect()) {
            shell.skipStartOutput();
            StringBuilder received = new StringBuilder();
            CommandResult result = shell.run(
                    Command.of("sh", "-c", "echo amd64; exit 3"),
                    (stream, chunk) -> received.append(stream == StandardStream.STDERR ? "" : chunk));
            assertThat(result.stdout()).isEqualTo("amd64\n").isEqualTo(received.toString());
            assertThat(result.exitStatus()).isEqualTo(3);
            assertThat(shell.run(Command.of("cat", "/dev/null").asConfidential(), OutputListener.none())
                            .stdout())
                    .isEmpty();
        }
    }

    @Test
    void aShellThatPrintsNothingGetsTheLineAsItIs() throws Exception {
        try (TestMachine machine = new TestMachine(shell("", ""));
                RemoteShell shell = machine.connect()) {
            shell.skipStartOutput();
            assertThat(shell.run(Command.of("echo", "x"), OutputListener.none()))
                    .isEqualTo(new CommandResult(0, "x\n", "", false));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 0; ", "echo 'This account is currently not available.'; exit 1; "})
    void aShellThatRunsNoCommandIsUnusable(String atStart) throws Exception {
        try (TestMachine machine = new TestMachine(shell(atStart, ""));
                RemoteShell shell = machine.connect()) {
            RemoteShellTest.assertKind(SshException.Kind.UNUSABLE_SHELL, shell::skipStartOutput);
        }
    }

    @Test
    void aShellThatPrintsAfterTheCommandIsUnusable() throws Exception {
        try (TestMachine machine = new TestMachine(shell("", "; echo bye"));
                RemoteShell shell = machine.connect()) {
            RemoteShellTest.assertKind(SshException.Kind.UNUSABLE_SHELL, shell::skipStartOutput);
        }
    }

    @Test
    void aMarkThatArrivesInPiecesIsFound() {
        String stream = "Welcome\n" + "=== output begins ===" + "amd64\n";
        StartMark mark = new StartMark();
        StringBuilder own = new StringBuilder();
        stream.chars().forEach(c -> own.append(mark.accept(String.valueOf((char) c))));
        assertThat(own.append(mark.end())).hasToString("amd64\n");
    }

    @Test
    void whereTheCommandWasNeverReachedWhatWasSaidInsteadIsKept() {
        StartMark mark = new StartMark();
        assertThat(mark.accept("no such shell\n")).isEmpty();
        assertThat(mark.end()).isEqualTo("no such shell\n");
    }
}
