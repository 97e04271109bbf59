package io.keylesspull.remote;

import io.keylesspull.network.ProxyAddress;
import io.keylesspull.remote.proxy.ProxyTunnel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;

/** Opens the network connection to a machine: directly, through a proxy, or to a practice machine. */
@FunctionalInterface
public interface SshRoute {

    /**
     * Opens a plain connection; the caller closes it.
     *
     * @param timeout how long the other side may take to accept; positive
     * @throws IOException if nothing accepts: {@link java.net.ConnectException} if the connection was refused,
     *     {@link java.net.SocketTimeoutException} if there was no answer in time,
     *     {@link io.keylesspull.network.ProxyException} if a proxy does not connect
     */
    Socket open(String host, int port, Duration timeout) throws IOException;

    /** Through a proxy. The machine's host keys are checked as without one. */
    static SshRoute through(ProxyAddress proxy) {
        return new ProxyTunnel(proxy)::open;
    }

    /** Directly to the machine, without the JVM's SOCKS proxy. */
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
