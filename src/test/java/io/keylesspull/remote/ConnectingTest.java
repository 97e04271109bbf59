package io.keylesspull.remote;

import static io.keylesspull.remote.RemoteShellTest.assertKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectingTest {

    @Test
    void anotherHostKeyIsRefusedBeforeAnyAuthentication() throws Exception {
        try (TestMachine expected = new TestMachine(io -> 0);
                TestMachine other = new TestMachine(io -> 0)) {
            SshTarget target = other.target(TestMachine.USER_KEY, List.of(expected.hostKey()));
            SshException refused = assertKind(
                    SshException.Kind.HOST_KEY_MISMATCH,
                    () -> RemoteShell.connect(target, SshRoute.direct(), Time.system()));
            assertThat(refused)
                    .hasMessageContaining(expected.hostKey().fingerprint())
                    .hasMessageContaining(other.hostKey().fingerprint());
            assertThat(new Texts(Locale.JAPANESE).render(refused.text())).contains("ホスト キー");
            assertThat(other.authentications).hasValue(0);
            assertThat(other.authenticationsBegun).hasValue(0);
        }
    }

    @Test
    void aHostKeyOfAnotherTypeIsRefusedToo() throws Exception {
        HostKey ed25519 = HostKey.parse(SshKey.generate("").publicKeyLine());
        try (TestMachine machine = new TestMachine(io -> 0)) {
            SshTarget target = machine.target(TestMachine.USER_KEY, List.of(ed25519));
            SshException refused = assertKind(
                    SshException.Kind.HOST_KEY_MISMATCH,
                    () -> RemoteShell.connect(target, SshRoute.direct(), Time.system()));
            assertThat(refused).hasMessageContaining(ed25519.fingerprint());
            assertThat(machine.authentications).hasValue(0);
            assertThat(machine.authenticationsBegun).hasValue(0);
        }
    }

    @Test
    void oneOfSeveralPinnedKeysIsEnough() throws Exception {
        HostKey another = HostKey.parse(SshKey.generate("").publicKeyLine());
        try (TestMachine machine = new TestMachine(io -> 0);
                RemoteShell shell = RemoteShell.connect(
                        machine.target(TestMachine.USER_KEY, List.of(another, machine.hostKey())),
                        SshRoute.direct(),
                        Time.system())) {
            assertThat(shell.isConnected()).isTrue();
        }
    }

    @Test
    void anotherUserKeyIsNotAccepted() throws Exception {
        try (TestMachine machine = new TestMachine(io -> 0)) {
            SshKey wrong = TestMachine.rsaKey("wrong");
            SshTarget target = machine.target(wrong, List.of(machine.hostKey()));
            SshException refused = assertKind(
                    SshException.Kind.AUTHENTICATION_FAILED,
                    () -> RemoteShell.connect(target, SshRoute.direct(), Time.system()));
            assertThat(refused).hasMessageContaining("azureuser").hasMessageContaining(wrong.toString());
            assertThat(machine.authentications.get()).isPositive();
            assertThat(machine.authenticationsBegun).hasValue(1);
        }
    }

    @Test
    void aClosedPortIsRefused() throws Exception {
        SshTarget target;
        try (ServerSocket reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            target = at(reserved.getLocalPort(), Duration.ofSeconds(20));
        }
        assertKind(SshException.Kind.REFUSED, () -> RemoteShell.connect(target, SshRoute.direct(), Time.system()));
    }

    @Test
    void aHostThatNobodyKnowsIsUnreachable() {
        SshException unreachable = assertKind(
                SshException.Kind.UNREACHABLE,
                () -> RemoteShell.connect(
                        at(22, Duration.ofSeconds(20)),
                        (host, port, timeout) -> {
                            throw new UnknownHostException(host);
                        },
                        Time.system()));
        assertThat(unreachable).hasMessageContaining("unknown host");
    }

    @Test
    void aServerThatSaysNothingTimesOut() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertKind(
                    SshException.Kind.TIMED_OUT,
                    () -> RemoteShell.connect(
                            at(mute.getLocalPort(), Duration.ofMillis(300)), SshRoute.direct(), Time.system()));
        }
    }

    /** As sshd does while it starts, and where too many are at its door. */
    @Test
    void aServerThatHangsUpBeforeItSaysWhoItIsHasCutTheConnectionOff() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread hangsUp = new Thread(() -> {
                try {
                    busy.accept().close();
                } catch (IOException closed) {
                    // The test is over.
                }
            });
            hangsUp.start();
            assertKind(
                    SshException.Kind.CUT_OFF,
                    () -> RemoteShell.connect(
                            at(busy.getLocalPort(), Duration.ofSeconds(20)), SshRoute.direct(), Time.system()));
            hangsUp.join();
        }
    }

    @Test
    void aRouteThatNeverComesBackTimesOut() {
        CountDownLatch never = new CountDownLatch(1);
        assertKind(
                SshException.Kind.TIMED_OUT,
                () -> RemoteShell.connect(
                        at(22, Duration.ofMillis(300)),
                        (host, port, timeout) -> {
                            awaitQuietly(never);
                            throw new UnknownHostException(host);
                        },
                        Time.system()));
        never.countDown();
    }

    @Test
    void anInterruptEndsConnectingBeforeItTimesOut() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CountDownLatch connected = new CountDownLatch(1);
            FutureTask<RemoteShell> connecting = new FutureTask<>(() -> RemoteShell.connect(
                    at(mute.getLocalPort(), Duration.ofSeconds(50)),
                    (host, port, timeout) -> {
                        connected.countDown();
                        return SshRoute.direct().open(host, port, timeout);
                    },
                    Time.system()));
            Thread thread = new Thread(connecting);
            thread.start();
            connected.await();
            thread.interrupt();
            assertThatThrownBy(connecting::get).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void aTargetNeedsAHostKeyAndShowsNoPrivateOne() {
        SshTarget target = at(22, Duration.ofSeconds(1));
        assertThat(target).hasToString("azureuser@127.0.0.1:22");
        assertThatThrownBy(() -> new SshTarget("h", 22, "u", TestMachine.USER_KEY, List.of(), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SshTarget at(int port, Duration timeout) {
        HostKey any = HostKey.parse(TestMachine.USER_KEY.publicKeyLine());
        return new SshTarget("127.0.0.1", port, "azureuser", TestMachine.USER_KEY, List.of(any), timeout);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
