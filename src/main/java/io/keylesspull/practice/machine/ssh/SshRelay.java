package io.keylesspull.practice.machine.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Passes connections on to a machine's SSH server, and can break them in ways that networks do and SSH servers do not.
 * Safe for use by many threads.
 */
final class SshRelay implements Closeable {

    private static final int BUFFER = 32 * 1024;
    /** The server's identification and the beginning of its key exchange. */
    private static final int PART_OF_A_HANDSHAKE = 100;

    /** Finds the server to pass connections on to. */
    interface Servers {
        /** @param impostor whether it must have other host keys */
        InetSocketAddress address(boolean impostor) throws IOException;
    }

    private final SshHook hook;
    private final String machine;
    private final Servers servers;
    private final Executor threads;
    private final ServerSocket listening;
    /** By the local port of the connection to the server. */
    private final Map<Integer, Link> links = new ConcurrentHashMap<>();

    /** @param machine its name, for the hook */
    SshRelay(SshHook hook, String machine, Servers servers, Executor threads) throws IOException {
        this.hook = hook;
        this.machine = machine;
        this.servers = servers;
        this.threads = threads;
        this.listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        threads.execute(this::acceptAll);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort());
    }

    /** The connection that reaches the server from a port. */
    Optional<Link> link(int port) {
        return Optional.ofNullable(links.get(port));
    }

    /** Blocks the open connections without closing them. */
    void silence() {
        links.values().forEach(Link::silence);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        links.values().forEach(Link::close);
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket client = listening.accept();
                threads.execute(() -> pass(client));
            }
        } catch (IOException | RejectedExecutionException closed) {
            // The machine is off, or its server was replaced.
        }
    }

    private void pass(Socket client) {
        Optional<SshFault> fault = hook.connected(machine);
        try (client;
                Socket server = new Socket()) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            if (fault.filter(SshFault.SILENT::equals).isPresent()) {
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
                return;
            }
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Link link = new Link(client, server, fault);
            links.put(server.getLocalPort(), link);
            try {
                server.connect(servers.address(
                        fault.filter(SshFault.OTHER_HOST_KEYS::equals).isPresent()));
                threads.execute(link::outwards);
                link.inwards();
            } finally {
                links.remove(server.getLocalPort(), link);
            }
        } catch (IOException | RejectedExecutionException gone) {
            // One side has closed the connection, and so the other one is closed, too.
        }
    }

    /** One connection. */
    static final class Link {

        private final Socket client;
        private final Socket server;
        private final Optional<SshFault> fault;
        private volatile boolean silent;

        private Link(Socket client, Socket server, Optional<SshFault> fault) {
            this.client = client;
            this.server = server;
            this.fault = fault;
        }

        boolean isRefusedAuthentication() {
            return fault.filter(SshFault.AUTHENTICATION_REFUSED::equals).isPresent();
        }

        void silence() {
            silent = true;
        }

        void reset() {
            try {
                client.setSoLinger(true, 0);
            } catch (IOException gone) {
                // It is closed already.
            }
            close();
        }

        void close() {
            try {
                client.close();
                server.close();
            } catch (IOException gone) {
                // It is closed already.
            }
        }

        private void inwards() throws IOException {
            InputStream from = client.getInputStream();
            OutputStream to = server.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                if (!silent) {
                    to.write(buffer, 0, count);
                }
            }
        }

        private void outwards() {
            int left = fault.filter(SshFault.RESET::equals).isPresent() ? PART_OF_A_HANDSHAKE : Integer.MAX_VALUE;
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream from = server.getInputStream();
                OutputStream to = client.getOutputStream();
                for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                    if (!silent) {
                        to.write(buffer, 0, Math.min(count, left));
                    }
                    if (count >= left) {
                        reset();
                    }
                    left -= left == Integer.MAX_VALUE ? 0 : count;
                }
                if (!silent) {
                    // Not closed, since data that the client still sends would turn the orderly end into a reset.
                    client.shutdownOutput();
                }
            } catch (IOException gone) {
                close();
            }
        }
    }
}
