package io.keylesspull.kill;

import io.keylesspull.remote.SshRoute;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** To the machines of a practice cloud in another process, by a tunnel of its proxy (RFC 9110, section 9.3.6). */
final class TunnelRoute implements SshRoute {

    private final URI proxy;

    TunnelRoute(URI proxy) {
        this.proxy = proxy;
    }

    @Override
    public Socket open(String host, int port, Duration timeout) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(proxy.getHost(), proxy.getPort()), (int) timeout.toMillis());
            socket.setTcpNoDelay(true);
            socket.getOutputStream()
                    .write(("CONNECT " + host + ":" + port + " HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = head(socket.getInputStream());
            if (!answer.startsWith("HTTP/1.1 200 ")) {
                throw new ConnectException(answer.lines().findFirst().orElse(""));
            }
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /** To the blank line and not a byte further: what follows is the machine's. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                throw new EOFException("the proxy hung up: " + head);
            }
            head.append((char) read);
        }
        return head.toString();
    }
}
