package io.keylesspull.practice.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.time.Time;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that open a connection and then say nothing. */
@Timeout(60)
class IdleTunnelTest {

    private static final Duration IDLE = Duration.ofMillis(20);

    @Test
    void aTunnelToAHostOfAzureEndsWhenTheClientSendsNothing() throws IOException {
        assertThat(untilClosed("CONNECT management.azure.com:443 HTTP/1.1\r\n\r\n", Optional.empty()))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aClientThatNeverSaysWhereItWantsToIsNotWaitedFor() throws IOException {
        assertThat(untilClosed("CONNECT management", Optional.empty())).isEmpty();
    }

    @Test
    void aTunnelToAMachineEndsWhenTheMachineCloses() throws Exception {
        try (ServerSocket machine = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread greets = new Thread(() -> {
                try (Socket client = machine.accept();
                        OutputStream out = client.getOutputStream()) {
                    out.write("SSH-2.0-x".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException closed) {
                    return;
                }
            });
            greets.start();
            assertThat(untilClosed("CONNECT 203.0.113.9:22 HTTP/1.1\r\n\r\n", Optional.of((InetSocketAddress)
                            machine.getLocalSocketAddress())))
                    .endsWith("SSH-2.0-x");
            greets.join();
        }
    }

    /** The client keeps its own side open. @return what it gets */
    private static String untilClosed(String sent, Optional<InetSocketAddress> machine) throws IOException {
        VirtualHosts hosts = new VirtualHosts();
        hosts.add("management.azure.com", request -> new Response(200, Map.of(), new byte[0]));
        try (LoopbackHttpServer server = LoopbackHttpServer.open(hosts, HttpHook.NONE, Time.system());
                PracticeServer proxy = PracticeServer.open(
                        server, hosts, (host, port) -> machine, 0, new SecureRandom(), Time.system(), IDLE);
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), proxy.proxy().getPort())) {
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
