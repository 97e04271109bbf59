package io.keylesspull.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keylesspull.practice.SetTime;
import io.keylesspull.text.Redactor;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RemoteShellTest {

    private static final Command ANY = Command.of("any");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 255})
    void anExitStatusIsWhatTheCommandReturned(int status) throws Exception {
        try (TestMachine machine = new TestMachine(io -> status);
                RemoteShell shell = machine.connect()) {
            CommandResult result = shell.run(ANY, OutputListener.none());
            assertThat(result).isEqualTo(new CommandResult(status, "", "", false));
            assertThat(result.ok()).isEqualTo(status == 0);
        }
    }

    @Test
    void theMachineReadsTheQuotedLine() throws Exception {
        try (TestMachine machine = new TestMachine(io -> {
                    io.print(io.line());
                    return 0;
                });
                RemoteShell shell = machine.connect()) {
            Command command = Command.of("tee", "a b", "it's").asRoot();
            assertThat(shell.run(command, OutputListener.none()).stdout()).isEqualTo("sudo tee 'a b' 'it'\\''s'");
        }
    }

    @Test
    void hundredsOfKilobytesOnBothStreamsArriveWholeAndSeparate() throws Exception {
        String out = numbered("output 画像 ");
        String err = numbered("error é ");
        try (TestMachine machine = new TestMachine(io -> {
                    byte[] outBytes = out.getBytes(UTF_8);
                    byte[] errBytes = err.getBytes(UTF_8);
                    for (int at = 0; at < Math.max(outBytes.length, errBytes.length); at += 1013) {
                        io.out().write(outBytes, Math.min(at, outBytes.length), part(at, outBytes.length));
                        io.err().write(errBytes, Math.min(at, errBytes.length), part(at, errBytes.length));
                        io.out().flush();
                        io.err().flush();
                    }
                    return 3;
                });
                RemoteShell shell = machine.connect()) {
            StringBuilder heardOut = new StringBuilder();
            StringBuilder heardErr = new StringBuilder();
            CommandResult result = shell.run(
                    ANY, (stream, chunk) -> (stream == StandardStream.STDERR ? heardErr : heardOut).append(chunk));
            assertThat(result.exitStatus()).isEqualTo(3);
            assertThat(result.stdout()).isEqualTo(out).isEqualTo(heardOut.toString());
            assertThat(result.stderr()).isEqualTo(err).isEqualTo(heardErr.toString());
            assertThat(out.length()).isGreaterThan(300_000);
        }
    }

    @Test
    void aCharacterSentByteByByteStaysWhole() throws Exception {
        String text = "日本語 é 🐳 end";
        try (TestMachine machine = new TestMachine(io -> {
                    for (byte b : text.getBytes(UTF_8)) {
                        io.out().write(b);
                        io.out().flush();
                    }
                    return 0;
                });
                RemoteShell shell = machine.connect()) {
            StringBuilder received = new StringBuilder();
            CommandResult result = shell.run(ANY, (stream, chunk) -> received.append(chunk));
            assertThat(result.stdout()).isEqualTo(text).isEqualTo(received.toString());
        }
    }

    @Test
    void aFloodKeepsOnlyItsEnd() throws Exception {
        byte[] block = "0123456789abcde\n".repeat(4096).getBytes(UTF_8);
        try (TestMachine machine = new TestMachine(io -> {
                    for (int i = 0; i < 100; i++) {
                        io.out().write(block);
                    }
                    io.print("the end");
                    return 0;
                });
                RemoteShell shell = machine.connect()) {
            CommandResult result = shell.run(ANY, OutputListener.none());
            assertThat(result.truncated()).isTrue();
            assertThat(result.stdout()).hasSize(1024 * 1024).endsWith("the end");
        }
    }

    @Test
    void outputIsHeardWhileTheCommandStillRuns() throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        try (TestMachine machine = new TestMachine(io -> {
                    io.print("working");
                    return received.await(20, TimeUnit.SECONDS) ? 0 : 1;
                });
                RemoteShell shell = machine.connect()) {
            assertThat(shell.run(ANY, (stream, chunk) -> received.countDown()).ok())
                    .isTrue();
        }
    }

    @Test
    void standardInputIsDeliveredAndClosed() throws Exception {
        try (TestMachine machine = echo();
                RemoteShell shell = machine.connect()) {
            String input = "deb [signed-by=…] 日本\n".repeat(5000);
            assertThat(shell.run(ANY.withStdin(input), OutputListener.none()).stdout())
                    .isEqualTo(input);
        }
    }

    @Test
    void withoutInputStandardInputIsClosedAtOnce() throws Exception {
        try (TestMachine machine = echo();
                RemoteShell shell = machine.connect()) {
            assertThat(shell.run(ANY, OutputListener.none())).isEqualTo(new CommandResult(0, "", "", false));
        }
    }

    @Test
    void commandsRunAtOnceOverOneConnection() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        try (TestMachine machine = new TestMachine(io -> {
                    both.countDown();
                    io.print(io.line());
                    return both.await(20, TimeUnit.SECONDS) ? 0 : 1;
                });
                RemoteShell shell = machine.connect()) {
            FutureTask<CommandResult> other = start(() -> shell.run(Command.of("one"), OutputListener.none()));
            assertThat(shell.run(Command.of("two"), OutputListener.none()).stdout())
                    .isEqualTo("two");
            assertThat(other.get().stdout()).isEqualTo("one");
            assertThat(other.get().ok()).isTrue();
        }
    }

    @Test
    void aDroppedConnectionIsReportedAndNotTakenForAnEnd() throws Exception {
        TestMachine[] self = new TestMachine[1];
        try (TestMachine machine = new TestMachine(io -> {
            io.print("half");
            self[0].dropConnections();
            return null;
        })) {
            self[0] = machine;
            try (RemoteShell shell = machine.connect()) {
                assertKind(SshException.Kind.CONNECTION_LOST, () -> shell.run(ANY, OutputListener.none()));
                assertKind(SshException.Kind.CONNECTION_LOST, () -> shell.run(ANY, OutputListener.none()));
                assertThat(shell.isConnected()).isFalse();
            }
        }
    }

    @Test
    void closingTheShellEndsARunningCommand() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        try (TestMachine machine = new TestMachine(io -> {
                    io.print("x");
                    return null;
                });
                RemoteShell shell = machine.connect()) {
            FutureTask<CommandResult> run = start(() -> shell.run(ANY, (stream, chunk) -> running.countDown()));
            running.await();
            shell.close();
            assertThatThrownBy(run::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            SshException.class,
                            lost -> assertThat(lost.kind()).isEqualTo(SshException.Kind.CONNECTION_LOST));
        }
    }

    @Test
    void anInterruptReachesARunningCommand() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        try (TestMachine machine = new TestMachine(io -> {
                    io.print("x");
                    return null;
                });
                RemoteShell shell = machine.connect()) {
            FutureTask<CommandResult> run =
                    new FutureTask<>(() -> shell.run(ANY, (stream, chunk) -> running.countDown()));
            Thread thread = new Thread(run);
            thread.start();
            running.await();
            thread.interrupt();
            assertThatThrownBy(run::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(machine.commandEndedSoon()).isTrue();
            assertThat(shell.isConnected()).isTrue();
        }
    }

    @Test
    void aCommandThatTakesTooLongIsStopped() throws Exception {
        SetTime time = new SetTime(Instant.EPOCH);
        // Only once the command runs: one that had not begun could not be stopped.
        try (TestMachine machine = new TestMachine(io -> {
                    time.sleep(Duration.ofMillis(300));
                    return null;
                });
                RemoteShell shell = RemoteShell.connect(machine.target(), SshRoute.direct(), time)) {
            Command command = Command.of("sleep", "1000").withTimeout(Duration.ofMillis(300));
            SshException late =
                    assertKind(SshException.Kind.COMMAND_TIMED_OUT, () -> shell.run(command, OutputListener.none()));
            assertThat(late).hasMessageContaining("sleep 1000").hasMessageContaining("0.3 seconds");
            assertThat(machine.commandEndedSoon()).isTrue();
            assertThat(shell.isConnected()).isTrue();
        }
    }

    @Test
    void howLongACommandTakesIsMeasuredOnTheClockThatIsPassedIn() throws Exception {
        SetTime time = new SetTime(Instant.EPOCH);
        try (TestMachine machine = new TestMachine(io -> {
                    time.sleep(Duration.ofMinutes(11));
                    return null;
                });
                RemoteShell shell = RemoteShell.connect(machine.target(), SshRoute.direct(), time)) {
            assertKind(SshException.Kind.COMMAND_TIMED_OUT, () -> shell.run(ANY, OutputListener.none()));
        }
    }

    @Test
    void aListenerThatFailsEndsItsCommandAndNotTheConnection() throws Exception {
        try (TestMachine machine = new TestMachine(io -> {
                    io.print("x");
                    return null;
                });
                RemoteShell shell = machine.connect()) {
            assertThatThrownBy(() -> shell.run(ANY, (stream, chunk) -> {
                        throw new IllegalStateException("the journal is full");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the journal is full");
            assertThat(machine.commandEndedSoon()).isTrue();
            assertThat(shell.isConnected()).isTrue();
        }
    }

    @Test
    void secretsAreMaskedForTheListenerAndInTheResult() throws Exception {
        try (TestMachine machine = new TestMachine(io -> {
                    for (char c : "password is hunter22 and eyJhbGciOi.eyJhdWQiOi.c2lnbmF0 ok".toCharArray()) {
                        io.print(String.valueOf(c));
                    }
                    return 0;
                });
                RemoteShell shell = RemoteShell.connect(
                        machine.target(), SshRoute.direct(), new Redactor(List.of("hunter22")), Time.system())) {
            StringBuilder received = new StringBuilder();
            CommandResult result = shell.run(ANY, (stream, chunk) -> received.append(chunk));
            assertThat(result.stdout()).isEqualTo("password is *** and *** ok").isEqualTo(received.toString());
        }
    }

    @Test
    void confidentialOutputIsReturnedWholeAndNeverPublished() throws Exception {
        String secret = "{\"password\": \"eyJhbGciOi.eyJhdWQiOi.c2lnbmF0\"}";
        try (TestMachine machine = echo();
                RemoteShell shell = machine.connect()) {
            StringBuilder received = new StringBuilder();
            Command command = Command.of("tee", "file").withStdin(secret).asConfidential();
            assertThat(shell.run(command, (stream, chunk) -> received.append(chunk))
                            .stdout())
                    .isEqualTo(secret);
            assertThat(received).isEmpty();
            assertThat(command.shown()).isEqualTo("tee file");
        }
    }

    static SshException assertKind(SshException.Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        SshException failed = catchThrowableOfType(SshException.class, call);
        assertThat(failed).isNotNull();
        assertThat(failed.kind()).isEqualTo(kind);
        return failed;
    }

    private static TestMachine echo() throws Exception {
        return new TestMachine(io -> {
            io.in().transferTo(io.out());
            io.out().flush();
            return 0;
        });
    }

    private static FutureTask<CommandResult> start(Callable<CommandResult> call) {
        FutureTask<CommandResult> task = new FutureTask<>(call);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static String numbered(String text) {
        return IntStream.range(0, 25_000).mapToObj(i -> text + i + "\n").collect(Collectors.joining());
    }

    private static int part(int at, int length) {
        return Math.max(0, Math.min(1013, length - at));
    }
}
