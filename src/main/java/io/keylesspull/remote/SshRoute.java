package io.keylesspull.remote;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;

/** Where a connection really goes: straight to the machine, or to wherever stands in for it. */
@FunctionalInterface
public interface SshRoute {

    /**
     * Opens a plain connection; the caller closes it.
     *
     * @param timeout how long the other side may take to accept; positive
     * @throws IOException where nothing accepts: {@link java.net.ConnectException} for a refusal,
     *                     {@link java.net.SocketTimeoutException} where nobody answered in time
     */
    Socket open(String host, int port, Duration timeout) throws IOException;

    /** Straight to the machine, past any SOCKS proxy that the JVM was told of. */
    static SshRoute direct() {
        return (host, port, timeout) -> {
            Socket socket = new Socket(Proxy.NO_PROXY);
            try {
                socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
                socket.setTcpNoDelay(true);
                return socket;
            } catch (IOException failed) {
                socket.close();
                throw failed;
            }
        };
    }
}
