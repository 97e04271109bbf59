package io.keylesspull.remote;

import io.keylesspull.network.ProxyAddress;
import io.keylesspull.remote.proxy.ProxyTunnel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /** The {@code ProxyCommand} with which OpenSSH's client goes the same way (ssh_config(5)); empty: it needs none. */
    default Optional<String> proxyCommand() {
        return Optional.empty();
    }

    /** Through a proxy. The machine's host keys are checked as without one. */
    static SshRoute through(ProxyAddress proxy) {
        ProxyTunnel tunnel = new ProxyTunnel(proxy);
        return new SshRoute() {
            @Override
            public Socket open(String host, int port, Duration timeout) throws IOException {
                return tunnel.open(host, port, timeout);
            }

            /** With OpenBSD's netcat, which asks for the password of a user (nc(1)). */
            @Override
            public Optional<String> proxyCommand() {
                List<String> argv = new ArrayList<>(List.of(
                        "nc",
                        "-X",
                        proxy.protocol() == ProxyAddress.Protocol.HTTP ? "connect" : "5",
                        "-x",
                        proxy.toString()));
                proxy.login()
                        .ifPresent(
                                login -> argv.addAll(List.of("-P", login.user().replace("%", "%%"))));
                argv.addAll(List.of("%h", "%p"));
                return Optional.of(Command.of(argv.toArray(String[]::new)).shellLine());
            }
        };
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
