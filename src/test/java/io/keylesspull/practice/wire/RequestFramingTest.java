package io.keylesspull.practice.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose end two readers could see at two places (RFC 9112, section 11.2), byte by byte. */
@Timeout(60)
class RequestFramingTest {

    private static final String HOST = "Forwarded: host=management.azure.com;proto=https\r\n";

    private final List<String> bodies = new ArrayList<>();
    private LoopbackHttpServer server;

    @BeforeEach
    void open() {
        VirtualHosts hosts = new VirtualHosts();
        hosts.add("management.azure.com", request -> {
            bodies.add(new String(request.body(), StandardCharsets.ISO_8859_1));
            return new Response(200, Map.of(), new byte[0]);
        });
        server = LoopbackHttpServer.open(hosts, HttpHook.NONE, Time.system());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
                "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "Content-Length : 3\r\n\r\nabc",
                " Content-Length: 3\r\n\r\nabc",
                "Content-Length: +3\r\n\r\nabc",
                "Content-Length: -3\r\n\r\nabc",
                "Content-Length: 0x3\r\n\r\nabc",
                "Content-Length: 3, 3\r\n\r\nabc",
                "Content-Length:\r\n\r\nabc",
                "Transfer-Encoding: chunked, identity\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n+3\r\nabc\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
                "X: a\rContent-Length: 3\r\n\r\nabc",
                "No colon\r\n\r\n"
            })
    void anAmbiguousRequestIsRefusedAndTheConnectionClosed(String rest) throws IOException {
        assertThat(response("PUT /x HTTP/1.1\r\n" + HOST + rest)).startsWith("HTTP/1.1 400 ");
        assertThat(bodies).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 68719476736\r\n\r\n",
                "Content-Length: 67108865\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n7fffffffff\r\n",
                "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n4000000\r\n"
            })
    void aBodyThatIsTooLargeIsRefusedUnread(String rest) throws IOException {
        assertThat(response("PUT /x HTTP/1.1\r\n" + HOST + rest)).startsWith("HTTP/1.1 413 ");
        assertThat(bodies).isEmpty();
    }

    @Test
    void bothWaysToSendABodyAreRead() throws IOException {
        String close = HOST + "Connection: close\r\n";
        assertThat(response("PUT /x HTTP/1.1\r\n" + close + "Content-Length: 3\r\n\r\nabc"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(response("PUT /x HTTP/1.1\r\n" + close
                        + "Transfer-Encoding: Chunked\r\n\r\n3;a=b\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(bodies).containsExactly("abc", "abcde");
    }

    /** All that the server sends until it closes the connection. */
    private String response(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.route().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
