package io.keylesspull.practice.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Leads a client to a server, byte by byte in both directions, each until its sender has said all.
 *
 * @param server where it listens
 */
record Tunnel(InetSocketAddress server) implements ConnectProxy.End {

    @Override
    public void answer(Socket client) throws IOException {
        try (Socket far = new Socket()) {
            far.setTcpNoDelay(true);
            far.connect(server);
            Thread back = new Thread(() -> carry(far, client), "practice-tunnel");
            back.setDaemon(true);
            back.start();
            carry(client, far);
            // One side may have said all while the other still talks.
            back.join();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it breaks off, both ends are closed. */
    private static void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException brokenOff) {
            quietly(from);
            quietly(to);
        }
    }

    static void quietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException goneAnyway) {
            // Nothing is left of it to close.
        }
    }
}
