package io.keylesspull.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keylesspull.network.NetworkFault;
import io.keylesspull.network.NetworkOptions;
import io.keylesspull.network.ProxyAddress;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SshThroughProxyTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private ServerSocket proxy;

    @FunctionalInterface
    private interface Answer {
        void to(Socket client) throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        threads.shutdownNow();
    }

    @Test
    void aMachineIsReachedByConnectWithALogin() throws Exception {
        try (TestMachine machine = new TestMachine(io -> 0)) {
            serve(client -> {
                asked.add(head(client.getInputStream()));
                client.getOutputStream().write("HTTP/1.1 200 OK\r\nVia: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                relay(client, machine.target().port());
            });
            try (RemoteShell shell = connect(machine.target(), "http://anna:hunter22@")) {
                assertThat(shell.isConnected()).isTrue();
            }
            assertThat(asked)
                    .singleElement()
                    .asString()
                    .startsWith("CONNECT " + machine.target().host() + ":"
                            + machine.target().port() + " HTTP/1.1")
                    .contains("Proxy-Authorization: Basic YW5uYTpodW50ZXIyMg==");
        }
    }

    @Test
    void aMachineIsReachedBySocks5WithALogin() throws Exception {
        try (TestMachine machine = new TestMachine(io -> 0)) {
            serve(client -> {
                asked.add(socks(client, "anna", "hunter22"));
                relay(client, machine.target().port());
            });
            try (RemoteShell shell = connect(machine.target(), "socks5://anna:hunter22@")) {
                assertThat(shell.isConnected()).isTrue();
            }
            assertThat(asked)
                    .containsExactly(
                            machine.target().host() + ":" + machine.target().port());
        }
    }

    @Test
    void behindAProxyTheHostKeyIsCheckedAsEver() throws Exception {
        try (TestMachine machine = new TestMachine(io -> 0);
                TestMachine impostor = new TestMachine(io -> 0)) {
            serve(client -> {
                head(client.getInputStream());
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                relay(client, impostor.target().port());
            });
            SshException e = failure(machine.target(), "http://");
            assertThat(e.kind()).isEqualTo(SshException.Kind.HOST_KEY_MISMATCH);
        }
    }

    @Test
    void theProxysFailuresAreReportedAsItsOwn() throws Exception {
        try (TestMachine machine = new TestMachine(io -> 0)) {
            String answer = "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n";
            serve(client -> {
                head(client.getInputStream());
                client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            });
            SshException refused = failure(machine.target(), "http://anna:hunter22@");
            assertThat(refused.kind()).isEqualTo(SshException.Kind.PROXY);
            assertThat(refused)
                    .hasMessage(
                            "The proxy 127.0.0.1:" + proxy.getLocalPort() + " does not accept the user and password.");
            assertThat(failure(machine.target(), "http://")).hasMessageContaining("asks for a user and a password");
        }
    }

    @Test
    void aHostThatTheProxyForbidsIsFinalAndOneThatItCannotReachIsNot() throws Exception {
        try (TestMachine machine = new TestMachine(io -> 0)) {
            List<String> answers = new CopyOnWriteArrayList<>(List.of("403 Forbidden", "502 Bad Gateway"));
            serve(client -> {
                head(client.getInputStream());
                client.getOutputStream()
                        .write(("HTTP/1.1 " + answers.remove(0) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            });
            SshException forbidden = failure(machine.target(), "http://");
            assertThat(forbidden.kind()).isEqualTo(SshException.Kind.PROXY);
            assertThat(forbidden).hasMessageContaining("HTTP/1.1 403 Forbidden");
            SshException unreachable = failure(machine.target(), "http://");
            assertThat(unreachable.kind()).isEqualTo(SshException.Kind.UNREACHABLE);
            assertThat(unreachable).hasMessageContaining("HTTP/1.1 502 Bad Gateway");
        }
    }

    @Test
    void aProxyThatIsNotThereIsReportedWithItsAddress() throws Exception {
        try (TestMachine machine = new TestMachine(io -> 0)) {
            proxy.close();
            assertThat(failure(machine.target(), "http://anna:hunter22@"))
                    .hasMessage("The proxy 127.0.0.1:" + proxy.getLocalPort() + " cannot be reached.");
            assertThat(failure(machine.target(), "socks5://anna:hunter22@"))
                    .hasMessage("The proxy 127.0.0.1:" + proxy.getLocalPort() + " cannot be reached.");
        }
    }

    @Test
    void aProxyOfAnotherKindIsNamedWithItsAnswer() throws Exception {
        try (TestMachine machine = new TestMachine(io -> 0)) {
            String named = "The proxy 127.0.0.1:" + proxy.getLocalPort() + " does not answer as ";
            List<String> answers = new CopyOnWriteArrayList<>(
                    List.of("HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.6\r\n", "\u0005\u00ff", ""));
            serve(client -> {
                client.getInputStream().read();
                client.getOutputStream().write(answers.remove(0).getBytes(StandardCharsets.ISO_8859_1));
                client.shutdownOutput();
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            });
            SshException http = failure(machine.target(), "socks5://");
            assertThat(http)
                    .hasMessage(named + "a SOCKS5 proxy: it answered “HTTP/1.1 400 Bad Request”.")
                    .extracting(SshException::kind)
                    .isEqualTo(SshException.Kind.PROXY);
            assertThat(NetworkFault.in(http).orElseThrow().meaning().arguments())
                    .contains(Text.of("network.source.named", "--ssh-proxy"));
            assertThat(failure(machine.target(), "http://"))
                    .hasMessage(named + "an HTTP proxy: it answered “SSH-2.0-OpenSSH_9.6”.");
            assertThat(failure(machine.target(), "http://"))
                    .hasMessage(named + "an HTTP proxy: it answered with bytes that are not of this protocol.");
            assertThat(failure(machine.target(), "http://"))
                    .hasMessage(named + "an HTTP proxy: it closed the connection without an answer.");
        }
    }

    @Test
    void aProxyThatDoesNotAnswerIsNamedBeforeTheMachineIsBlamed() throws Exception {
        try (TestMachine machine = new TestMachine(io -> 0)) {
            serve(client -> client.getInputStream().transferTo(OutputStream.nullOutputStream()));
            SshTarget known = machine.target();
            SshTarget target = new SshTarget(
                    known.host(), known.port(), known.user(), known.keys(), known.trust(), Duration.ofSeconds(3));
            for (String scheme : List.of("http://", "socks5://")) {
                assertThat(failure(target, scheme))
                        .hasMessage("The proxy 127.0.0.1:" + proxy.getLocalPort()
                                + " did not answer within 2 seconds when asked to connect to 127.0.0.1:" + target.port()
                                + ".");
            }
        }
    }

    @Test
    void aSocksProxyThatWaitsForTheMachineIsNotTheOneToBlame() throws Exception {
        try (TestMachine machine = new TestMachine(io -> 0)) {
            serve(client -> {
                client.getOutputStream().write(new byte[] {5, 0});
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            });
            SshTarget known = machine.target();
            SshTarget target = new SshTarget(
                    known.host(), known.port(), known.user(), known.keys(), known.trust(), Duration.ofSeconds(3));
            assertThat(failure(target, "socks5://"))
                    .hasMessage("The proxy 127.0.0.1:" + proxy.getLocalPort() + " did not reach 127.0.0.1:"
                            + target.port() + " within 2 seconds.");
        }
    }

    private SshException failure(SshTarget target, String login) {
        return catchThrowableOfType(
                SshException.class, () -> connect(target, login).close());
    }

    private RemoteShell connect(SshTarget target, String login) throws Exception {
        ProxyAddress address = NetworkOptions.of(
                        Optional.empty(), Optional.of(login + "127.0.0.1:" + proxy.getLocalPort()), Optional.empty())
                .sshProxy()
                .orElseThrow();
        return RemoteShell.connect(target, SshRoute.through(address), Time.system());
    }

    private void serve(Answer answer) {
        threads.execute(() -> {
            while (!proxy.isClosed()) {
                try (Socket client = proxy.accept()) {
                    answer.to(client);
                } catch (IOException gone) {
                    // The client or the test has ended.
                }
            }
        });
    }

    private void relay(Socket client, int port) throws IOException {
        try (Socket machine = new Socket(InetAddress.getLoopbackAddress(), port)) {
            threads.execute(() -> {
                try (client) {
                    machine.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException gone) {
                    // The other direction ends too.
                }
            });
            client.getInputStream().transferTo(machine.getOutputStream());
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    /** The server's side of RFC 1928 and RFC 1929. @return the host and port that are asked for */
    private static String socks(Socket client, String user, String password) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        in.skipNBytes(1);
        in.skipNBytes(in.readUnsignedByte());
        out.write(new byte[] {5, 2});
        in.skipNBytes(1);
        boolean known = text(in).equals(user) & text(in).equals(password);
        out.write(new byte[] {1, (byte) (known ? 0 : 1)});
        in.skipNBytes(4);
        String target = text(in) + ":" + in.readUnsignedShort();
        out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        return target;
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
    }
}
