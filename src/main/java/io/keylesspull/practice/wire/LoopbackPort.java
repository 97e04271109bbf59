package io.keylesspull.practice.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A port on the loopback interface that can refuse connections for a while without changing its number. */
final class LoopbackPort implements AutoCloseable {

    private final Executor threads;
    private final Consumer<Socket> connected;
    private final int number;

    @SuppressWarnings("NullAway.Init") // listen() sets it
    private ServerSocket listening;

    @SuppressWarnings("NullAway.Init") // listen() sets it
    private CompletableFuture<Void> accepting;

    private @Nullable Socket placeholder;
    private boolean closed;

    /**
     * @param number 0 for a free one
     * @param connected called for every connection, on a thread of its own; closes the connection
     * @throws java.net.BindException if the port is taken, or not allowed for this user
     */
    LoopbackPort(int number, Executor threads, Consumer<Socket> connected) throws IOException {
        this.threads = threads;
        this.connected = connected;
        this.number = listen(number);
    }

    int number() {
        return number;
    }

    /** Until {@link #resume} the system refuses connections, as it does if no program listens. */
    synchronized void pause() {
        if (placeholder != null || closed) {
            return;
        }
        try {
            listening.close();
            // The system releases the port only when nobody waits in accept any more.
            accepting.join();
            // No other program may get the port meanwhile: a socket that is bound but does not listen refuses, too.
            placeholder = new Socket();
            placeholder.setReuseAddress(true);
            placeholder.bind(address(number));
        } catch (IOException e) {
            throw new UncheckedIOException("the practice cloud cannot hold its port", e);
        }
    }

    synchronized void resume() {
        if (placeholder == null || closed) {
            return;
        }
        try {
            placeholder.close();
            placeholder = null;
            listen(number);
        } catch (IOException e) {
            throw new UncheckedIOException("the practice cloud cannot open its port again", e);
        }
    }

    private int listen(int wanted) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(address(wanted));
        } catch (IOException taken) {
            server.close();
            throw taken;
        }
        listening = server;
        accepting = CompletableFuture.runAsync(() -> acceptAll(server), threads);
        return server.getLocalPort();
    }

    private void acceptAll(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> connected.accept(socket));
            }
        } catch (IOException | RejectedExecutionException closing) {
            // Closed, or paused.
        }
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            listening.close();
            // Until then the system still takes connections.
            accepting.join();
            if (placeholder != null) {
                placeholder.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
