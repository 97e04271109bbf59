package io.keylesspull.practice.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP proxy on the loopback interface that makes tunnels (RFC 9110, section 9.3.6) and nothing else, and only to where
 * it is told that a name leads: no byte of any client goes to the network.
 */
final class ConnectProxy implements AutoCloseable {

    /** Where names and addresses lead. */
    interface Ways {

        /** @param host as the client wrote it. @return empty where nobody answers */
        Optional<InetSocketAddress> find(String host, int port);
    }

    private static final Pattern CONNECT = Pattern.compile("CONNECT (\\S+):(\\d{1,5}) HTTP/1\\.[01]");
    private static final int LONGEST_HEAD = 16 * 1024;
    private static final int HEAD_WITHIN_MILLIS = 30_000;

    private final Ways ways;
    private final ServerSocket listener;
    private final ExecutorService threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> listening;

    private ConnectProxy(Ways ways, ServerSocket listener, ExecutorService threads) {
        this.ways = ways;
        this.listener = listener;
        this.threads = threads;
        this.listening = CompletableFuture.runAsync(this::listen, threads);
    }

    /** @param port 0 for one that is free. @throws IOException where the port is taken, or not for this user */
    static ConnectProxy open(Ways ways, int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "practice-proxy");
            thread.setDaemon(true);
            return thread;
        });
        return new ConnectProxy(ways, listener, threads);
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        quietly(listener);
        // The system goes on accepting for as long as somebody waits in accept.
        listening.join();
        open.forEach(ConnectProxy::quietly);
        threads.shutdownNow();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closedOrGoneAtOnce) {
                continue;
            } catch (RejectedExecutionException closing) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            open.add(client);
            client.setTcpNoDelay(true);
            client.setSoTimeout(HEAD_WITHIN_MILLIS);
            Matcher asked = CONNECT.matcher(firstLine(client.getInputStream()));
            if (!asked.matches()) {
                answer(client, "405 Method Not Allowed\r\nAllow: CONNECT");
                return;
            }
            Optional<InetSocketAddress> way = ways.find(asked.group(1), Integer.parseInt(asked.group(2)));
            if (way.isEmpty()) {
                answer(client, "502 Nobody answers there in the practice cloud");
                return;
            }
            client.setSoTimeout(0);
            tunnel(client, way.get());
        } catch (IOException clientGone) {
            return;
        } finally {
            open.remove(client);
        }
    }

    private void tunnel(Socket client, InetSocketAddress way) throws IOException {
        try (Socket server = new Socket()) {
            open.add(server);
            server.setTcpNoDelay(true);
            server.connect(way);
            answer(client, "200 Connection established");
            Future<?> back = threads.submit(() -> carry(server, client));
            carry(client, server);
            // One side may have said all while the other still talks.
            back.get();
            open.remove(server);
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until {@code from} has said all. Where it breaks off, both ends are closed. */
    private static void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException brokenOff) {
            quietly(from);
            quietly(to);
        }
    }

    /** Reads to the blank line after the headers, and no further: what follows belongs into the tunnel. */
    private static String firstLine(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int lineLength = 0;
        for (int read = in.read(); read >= 0 && head.size() < LONGEST_HEAD; read = in.read()) {
            head.write(read);
            if (read == '\n' && lineLength == 0) {
                return head.toString(StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
            }
            lineLength = read == '\n' ? 0 : read == '\r' ? lineLength : lineLength + 1;
        }
        throw new EOFException();
    }

    private static void answer(Socket client, String status) throws IOException {
        client.getOutputStream().write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void quietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException goneAnyway) {
            return;
        }
    }
}
