package io.keylesspull.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keylesspull.remote.jump.JumpHost;
import io.keylesspull.remote.jump.JumpRoute;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JumpRouteTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    @Test
    void aMachineIsReachedThroughAJumpHostWithLongInputAndOutput() throws Exception {
        try (JumpServer jump = new JumpServer(true);
                TestMachine machine = new TestMachine(io -> {
                    io.in().transferTo(io.out());
                    io.out().flush();
                    return 7;
                });
                RemoteShell shell = connect(machine.target(), jump.known())) {
            String much = "0123456789abcde\n".repeat(40_000);
            CommandResult result = shell.run(Command.of("cat").withStdin(much), OutputListener.none());
            assertThat(result.exitStatus()).isEqualTo(7);
            assertThat(result.stdout()).isEqualTo(much);
            assertThat(jump.asked).hasValue(1);
        }
    }

    @Test
    void twoJumpHostsAreAChainAndAllConnectionsEndWithTheShell() throws Exception {
        try (JumpServer outer = new JumpServer(true);
                JumpServer inner = new JumpServer(true);
                TestMachine machine = new TestMachine(io -> 0)) {
            RemoteShell shell = connect(machine.target(), outer.known(), inner.known());
            assertThat(shell.run(Command.of("true"), OutputListener.none()).ok())
                    .isTrue();
            assertThat(outer.asked).hasValue(1);
            assertThat(inner.asked).hasValue(1);
            shell.close();
            // A new connection is served after the ends of those before it have arrived.
            while (outer.connections() + inner.connections() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aJumpHostWithAnotherHostKeyIsNamedAndGetsNothing() throws Exception {
        try (JumpServer jump = new JumpServer(true);
                TestMachine machine = new TestMachine(io -> 0)) {
            HostKey other = SshKey.generate("other").publicKey();
            SshException mismatch =
                    failure(machine.target(), jump.as(JumpServer.KEY, new SshTarget.Trust.Keys(List.of(other))));
            assertThat(mismatch.kind()).isEqualTo(SshException.Kind.HOST_KEY_MISMATCH);
            assertThat(mismatch.atJumpHost()).isTrue();
            assertThat(mismatch)
                    .hasMessageContaining("port " + jump.port())
                    .hasMessageContaining(jump.hostKey().fingerprint())
                    .hasMessageContaining(other.fingerprint());
            assertThat(jump.asked).hasValue(0);
        }
    }

    @Test
    void aFingerprintIsEnoughAndAWrongOneIsRefused() throws Exception {
        try (JumpServer jump = new JumpServer(true);
                TestMachine machine = new TestMachine(io -> 0)) {
            String right = jump.hostKey().fingerprint();
            try (RemoteShell shell = connect(machine.target(), jump.as(JumpServer.KEY, SshTarget.Trust.parse(right)))) {
                assertThat(shell.isConnected()).isTrue();
            }
            String wrong = SshKey.generate("other").publicKey().fingerprint();
            assertThat(failure(machine.target(), jump.as(JumpServer.KEY, SshTarget.Trust.parse(wrong))))
                    .hasMessageContaining(wrong)
                    .extracting(SshException::kind)
                    .isEqualTo(SshException.Kind.HOST_KEY_MISMATCH);
        }
    }

    @Test
    void withoutAKnownHostKeyNothingIsSentAndTheKeyThereIsNamed() throws Exception {
        try (JumpServer jump = new JumpServer(true);
                TestMachine machine = new TestMachine(io -> 0)) {
            SshException unknown = failure(machine.target(), jump.as(JumpServer.KEY, new SshTarget.Trust.Nothing()));
            assertThat(unknown.kind()).isEqualTo(SshException.Kind.UNKNOWN_HOST_KEY);
            assertThat(unknown).hasMessageContaining(jump.hostKey().fingerprint());
            assertThat(jump.asked).hasValue(0);
        }
    }

    @Test
    void aKeyThatTheJumpHostDoesNotAcceptIsReportedAsTheJumpHosts() throws Exception {
        try (JumpServer jump = new JumpServer(true);
                TestMachine machine = new TestMachine(io -> 0)) {
            SshException refused = failure(
                    machine.target(),
                    jump.as(
                            SshKey.generate("x"),
                            SshTarget.Trust.parse(jump.hostKey().fingerprint())));
            assertThat(refused.kind()).isEqualTo(SshException.Kind.AUTHENTICATION_FAILED);
            assertThat(refused.atJumpHost()).isTrue();
            assertThat(refused).hasMessageContaining("the user ops");
            assertThat(machine.authenticationsBegun).hasValue(0);
        }
    }

    @Test
    void aJumpHostThatIsDownIsReportedAsTheJumpHosts() throws Exception {
        JumpServer jump = new JumpServer(true);
        jump.close();
        try (TestMachine machine = new TestMachine(io -> 0)) {
            SshException down = failure(machine.target(), jump.known());
            assertThat(down.kind()).isEqualTo(SshException.Kind.REFUSED);
            assertThat(down.atJumpHost()).isTrue();
            assertThat(down).hasMessageContaining("port " + jump.known().port());
        }
    }

    @Test
    void aSilentJumpHostIsReportedAsTheJumpHostsThoughTheMachineHasATimeoutToo() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestMachine machine = new TestMachine(io -> 0)) {
            JumpHost jump = new JumpHost(
                    "127.0.0.1", silent.getLocalPort(), "ops", List.of(JumpServer.KEY), new SshTarget.Trust.Nothing());
            SshTarget target = new SshTarget(
                    "127.0.0.1",
                    machine.port(),
                    "azureuser",
                    TestMachine.USER_KEY,
                    List.of(machine.hostKey()),
                    AT_ONCE);
            SshException late = failure(target, jump);
            assertThat(late.kind()).isEqualTo(SshException.Kind.TIMED_OUT);
            assertThat(late.atJumpHost()).isTrue();
        }
    }

    @Test
    void aMachineThatTheJumpHostDoesNotReachIsNamedWithIt() throws Exception {
        TestMachine machine = new TestMachine(io -> 0);
        SshTarget target = machine.target();
        machine.close();
        try (JumpServer jump = new JumpServer(true)) {
            SshException gone = failure(target, jump.known());
            assertThat(gone.kind()).isEqualTo(SshException.Kind.BEHIND_JUMP_HOST);
            assertThat(gone)
                    .hasMessage("The jump host 127.0.0.1 (port " + jump.port() + ") cannot connect to 127.0.0.1 (port "
                            + target.port() + ").");
        }
    }

    @Test
    void aJumpHostThatForbidsForwardingIsFinal() throws Exception {
        try (JumpServer jump = new JumpServer(false);
                TestMachine machine = new TestMachine(io -> 0)) {
            SshException refused = failure(machine.target(), jump.known());
            assertThat(refused.kind()).isEqualTo(SshException.Kind.FORWARDING_PROHIBITED);
            assertThat(refused.atJumpHost()).isTrue();
        }
    }

    @Test
    void theMachinesHostKeyIsCheckedAsWithoutAJumpHost() throws Exception {
        try (JumpServer jump = new JumpServer(true);
                TestMachine machine = new TestMachine(io -> 0)) {
            SshException mismatch = failure(
                    machine.target(
                            TestMachine.USER_KEY,
                            List.of(
                                    SshKey.generate("x").publicKey(),
                                    TestMachine.rsaKey("y").publicKey())),
                    jump.known());
            assertThat(mismatch.kind()).isEqualTo(SshException.Kind.HOST_KEY_MISMATCH);
            assertThat(mismatch.atJumpHost()).isFalse();
        }
    }

    @Test
    void aJumpHostThatEndsDuringACommandIsALostConnection() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        JumpServer jump = new JumpServer(true);
        try (TestMachine machine = new TestMachine(io -> {
                    running.countDown();
                    return null;
                });
                RemoteShell shell = connect(machine.target(), jump.known())) {
            Thread cut = new Thread(() -> {
                try {
                    running.await(1, TimeUnit.MINUTES);
                    jump.close();
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            cut.start();
            SshException lost = catchThrowableOfType(
                    SshException.class, () -> shell.run(Command.of("sleep", "1h"), OutputListener.none()));
            assertThat(lost.kind()).isEqualTo(SshException.Kind.CONNECTION_LOST);
            cut.join();
        }
    }

    private static SshException failure(SshTarget target, JumpHost... chain) {
        return catchThrowableOfType(
                SshException.class, () -> connect(target, chain).close());
    }

    private static RemoteShell connect(SshTarget target, JumpHost... chain) throws Exception {
        return RemoteShell.connect(
                target, JumpRoute.through(SshRoute.direct(), List.of(chain), Time.system()), Time.system());
    }
}
