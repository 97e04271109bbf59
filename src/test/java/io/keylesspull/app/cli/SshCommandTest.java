package io.keylesspull.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.setup.report.Report;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.Runs;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.Sessions;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.text.Texts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshCommandTest {

    private static final String RUN = "20260102-030405-0a1b2";
    private static final String PRACTISED = "20260102-040000-0a1b2";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<List<String>> started = new ArrayList<>();
    private int status;
    private boolean noSsh;

    private int run(String... args) {
        return new Cli(
                        options -> new SessionsFactory.OpenSessions(new Stored(), () -> {}, () -> {}),
                        (options, setup) -> {},
                        (pace, port) -> 0,
                        new Texts(Locale.ENGLISH),
                        new Terminal(
                                new BufferedReader(new StringReader("")),
                                new PrintWriter(out, true),
                                new PrintWriter(err, true)),
                        Interrupt.ShutdownHooks.ofProgram(),
                        argv -> {
                            if (noSsh) {
                                throw new IOException("Cannot run program \"ssh\"");
                            }
                            started.add(argv);
                            return status;
                        })
                .run(args);
    }

    private void machines(String json) throws IOException {
        Files.createDirectories(folder.resolve(RUN));
        Files.writeString(folder.resolve(RUN).resolve("ssh.json"), json);
    }

    @Test
    void theOnlyMachineNeedsNoNameAndTheStatusIsThatOfSsh() throws IOException {
        machines("{\"vm1\": [\"ssh\", \"-i\", \"/home/a b/key\", \"azureuser@203.0.113.9\"]}");
        status = 255;
        assertThat(run("ssh", "2026")).isEqualTo(255);
        assertThat(started).containsExactly(List.of("ssh", "-i", "/home/a b/key", "azureuser@203.0.113.9"));
    }

    @Test
    void theCommandIsPrintedAndNothingStarted() throws IOException {
        machines("{\"vm1\": [\"ssh\", \"-i\", \"/home/a b/key\", \"azureuser@203.0.113.9\"]}");
        assertThat(run("ssh", "--print", "last", "vm1")).isZero();
        assertThat(out.toString().strip()).isEqualTo("ssh -i '/home/a b/key' azureuser@203.0.113.9");
        assertThat(started).isEmpty();
    }

    @Test
    void ofSeveralMachinesOneIsNamed() throws IOException {
        machines("{\"vm1\": [\"ssh\", \"one\"], \"vm2 (west)\": [\"ssh\", \"two\"]}");
        assertThat(run("ssh", RUN)).isEqualTo(1);
        assertThat(err.toString()).contains("several machines: vm1, vm2 (west)");
        assertThat(run("ssh", RUN, "vm3")).isEqualTo(1);
        assertThat(err.toString()).contains("no machine “vm3”").contains("Name one of these: vm1, vm2 (west).");
        assertThat(run("ssh", RUN, "vm2 (west)")).isZero();
        assertThat(started).containsExactly(List.of("ssh", "two"));
    }

    @Test
    void aRunWithoutMachinesToReachSaysSo() {
        assertThat(run("ssh", RUN)).isEqualTo(1);
        assertThat(err.toString()).contains("no machine that can be reached by ssh");
        assertThat(run("ssh", "1999")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no run “1999”.");
    }

    @Test
    void aPracticeRunSaysThatItsMachinesAreGone() {
        assertThat(run("ssh", PRACTISED)).isEqualTo(1);
        assertThat(err.toString()).contains("was practice");
    }

    @Test
    void withoutSshOnThisComputerItSaysWhatToInstall() throws IOException {
        machines("{\"vm1\": [\"ssh\", \"one\"]}");
        noSsh = true;
        assertThat(run("ssh", RUN)).isEqualTo(1);
        assertThat(err.toString()).contains("The program “ssh” cannot be started.");
    }

    @Test
    void aWrongCommandLineShowsHowItIsUsed() {
        assertThat(run("ssh")).isEqualTo(2);
        assertThat(run("ssh", " ")).isEqualTo(2);
        assertThat(run("ssh", "--verbose", RUN)).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: keyless-pull ssh [--print] RUN [MACHINE]");
        assertThat(run("ssh", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: keyless-pull ssh [--print] RUN [MACHINE]");
    }

    private final class Stored implements Sessions {
        @Override
        public Session azure(SetupRequest.SignIn signIn, Consumer<DeviceCode> prompt) {
            throw new AssertionError("nobody signs in");
        }

        @Override
        public Session practice(Optional<String> tenant) {
            throw new AssertionError("nobody signs in");
        }

        @Override
        public void signOut() {
            throw new AssertionError("nobody signs out");
        }

        @Override
        public Runs runs(boolean practice) {
            String id = practice ? PRACTISED : RUN;
            return new Runs() {
                @Override
                public List<StoredRun> list() {
                    return List.of(new StoredRun(
                            id,
                            folder.resolve(id),
                            Instant.EPOCH,
                            Optional.empty(),
                            StoredRun.State.PROVEN,
                            1,
                            1,
                            new RunState(),
                            practice,
                            Optional.empty()));
                }

                @Override
                public Report report(StoredRun run) {
                    throw new AssertionError("nothing is reported");
                }

                @Override
                public void remove(StoredRun run) {
                    throw new AssertionError("nothing is removed");
                }
            };
        }
    }
}
