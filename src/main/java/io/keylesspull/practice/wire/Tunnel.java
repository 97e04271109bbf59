package io.keylesspull.practice.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Copies bytes between a client and a server. It ends when the server closes, whatever the client still could send (RFC
 * 9110, section 9.3.6).
 *
 * @param server where it listens
 */
record Tunnel(InetSocketAddress server) implements ConnectProxy.Endpoint {

    @Override
    public void answer(Socket client) throws IOException {
        try (Socket far = new Socket()) {
            far.setTcpNoDelay(true);
            far.connect(server);
            Thread back = new Thread(
                    () -> {
                        copy(far, client);
                        closeQuietly(client);
                    },
                    "practice-tunnel");
            back.setDaemon(true);
            back.start();
            copy(client, far);
            // One side may have finished while the other still sends.
            back.join();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** After an error, both ends are closed. */
    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException brokenOff) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException goneAnyway) {
            // It is closed already.
        }
    }
}
