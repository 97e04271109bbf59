package io.keylesspull.practice.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP proxy on the loopback interface that only makes tunnels (RFC 9110, section 9.3.6), and only to endpoints of
 * the practice cloud: no byte of any client goes to the network.
 */
final class ConnectProxy implements AutoCloseable {

    /** Finds what answers at a host and port. */
    interface Routes {

        /** @param host as the client wrote it. @return empty if nothing answers there */
        Optional<Endpoint> find(String host, int port);
    }

    /** What a tunnel leads to. */
    interface Endpoint {

        /** Blocks until the connection ends. @param client which from now on talks to this endpoint */
        void answer(Socket client) throws IOException;
    }

    private static final Pattern CONNECT = Pattern.compile("CONNECT (\\S+):(\\d{1,5}) HTTP/1\\.[01]");
    private static final int LONGEST_HEAD = 16 * 1024;

    private final Routes routes;
    private final Duration patience;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "practice-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final LoopbackPort port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /**
     * @param patience how long a client may send nothing before it is connected
     * @param port 0 for a free one
     * @throws java.net.BindException if it is taken, or not allowed for this user
     */
    ConnectProxy(Routes routes, Duration patience, int port) throws IOException {
        this.routes = routes;
        this.patience = patience;
        this.port = new LoopbackPort(port, threads, this::connected);
    }

    int port() {
        return port.number();
    }

    @Override
    public void close() {
        port.close();
        open.forEach(Tunnel::closeQuietly);
        threads.shutdownNow();
    }

    private void connected(Socket client) {
        try (client) {
            open.add(client);
            client.setTcpNoDelay(true);
            client.setSoTimeout((int) patience.toMillis());
            Matcher asked = CONNECT.matcher(firstLine(client.getInputStream()));
            if (!asked.matches()) {
                respond(client, "405 Method Not Allowed\r\nAllow: CONNECT");
                return;
            }
            Optional<Endpoint> end = routes.find(asked.group(1), Integer.parseInt(asked.group(2)));
            if (end.isEmpty()) {
                respond(client, "502 Nobody answers there in the practice cloud");
                return;
            }
            client.setSoTimeout(0);
            respond(client, "200 Connection established");
            end.get().answer(client);
        } catch (IOException gone) {
            // The client has closed the connection.
        } finally {
            open.remove(client);
        }
    }

    /** Reads up to the blank line after the headers and no further: what follows belongs to the tunnel. */
    private static String firstLine(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int lineLength = 0;
        for (int read = in.read(); read >= 0 && head.size() < LONGEST_HEAD; read = in.read()) {
            head.write(read);
            if (read == '\n' && lineLength == 0) {
                return head.toString(StandardCharsets.ISO_8859_1)
                        .lines()
                        .findFirst()
                        .orElse("");
            }
            lineLength = read == '\n' ? 0 : read == '\r' ? lineLength : lineLength + 1;
        }
        throw new EOFException();
    }

    private static void respond(Socket client, String status) throws IOException {
        client.getOutputStream().write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
