package io.keylesspull.practice.machine.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.sshd.common.util.threads.CloseableExecutorService;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.jspecify.annotations.Nullable;

/** What all SSH servers of a process share, so that two hundred of them stay cheap. */
public final class SshResources implements AutoCloseable {

    private final CloseableExecutorService io = ThreadUtils.newCachedThreadPool("practice-ssh-io");
    private final ScheduledExecutorService timer = ThreadUtils.newSingleThreadScheduledExecutor("practice-ssh-timer");
    private final ExecutorService commands = daemons("practice-machine-command");
    private final ExecutorService links = daemons("practice-ssh-link");
    private @Nullable Socket closedPort;

    private static ExecutorService daemons(String name) {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    CloseableExecutorService io() {
        return io;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    ExecutorService commands() {
        return commands;
    }

    /** Threads that copy between clients and servers. */
    ExecutorService links() {
        return links;
    }

    /** An address where connections are refused: bound, so that no other program gets it, but not listening. */
    synchronized InetSocketAddress closedPort() throws IOException {
        if (closedPort == null) {
            closedPort = new Socket();
            closedPort.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), closedPort.getLocalPort());
    }

    @Override
    public synchronized void close() {
        commands.shutdownNow();
        links.shutdownNow();
        if (closedPort != null) {
            try {
                closedPort.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        timer.shutdownNow();
        io.shutdownNow();
    }
}
