package io.keylesspull.practice.wire;

import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The practice cloud for other programs, unchanged and by Azure's host names: an HTTP proxy on the loopback interface
 * whose tunnels end in the practice cloud. There they speak TLS with the host they asked for, which presents a
 * certificate of {@link #certificate()}, or SSH with a machine.
 */
public final class PracticeServer implements AutoCloseable {

    private static final int HTTPS = 443;
    /** Azure's load balancers end connections that are idle for four minutes (Learn, "Load Balancer TCP Reset"). */
    private static final Duration IDLE = Duration.ofMinutes(4);

    private final CertificateAuthority authority;
    private final ConnectProxy proxy;

    private PracticeServer(CertificateAuthority authority, ConnectProxy proxy) {
        this.authority = authority;
        this.proxy = proxy;
    }

    /**
     * @param server of the practice cloud
     * @param hosts what it serves
     * @param others finds servers of other protocols than HTTPS by host and port
     * @param port 0 for a free one
     * @throws java.net.BindException if the port is taken, or not allowed for this user
     */
    public static PracticeServer open(
            LoopbackHttpServer server,
            VirtualHosts hosts,
            BiFunction<String, Integer, Optional<InetSocketAddress>> others,
            int port,
            SecureRandom random,
            Time time)
            throws IOException {
        return open(server, hosts, others, port, random, time, IDLE);
    }

    /** @param idle how long a client may send nothing where a request is expected */
    static PracticeServer open(
            LoopbackHttpServer server,
            VirtualHosts hosts,
            BiFunction<String, Integer, Optional<InetSocketAddress>> others,
            int port,
            SecureRandom random,
            Time time,
            Duration idle)
            throws IOException {
        CertificateAuthority authority = new CertificateAuthority(random, time);
        Predicate<String> known = host -> server.serves(hosts, host) && !host.equals(LoopbackHttpServer.METADATA);
        SSLSocketFactory tls = HostCertificates.context(authority, known).getSocketFactory();
        ConnectProxy.Endpoint secureDoor = client -> {
            client.setSoTimeout((int) idle.toMillis());
            server.serve(server(tls, client));
        };
        return new PracticeServer(
                authority,
                new ConnectProxy(
                        (host, asked) -> asked == HTTPS && known.test(host)
                                ? Optional.of(secureDoor)
                                : others.apply(host, asked).map(Tunnel::new),
                        idle,
                        port));
    }

    private static Socket server(SSLSocketFactory tls, Socket client) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(client, null, true);
        socket.setUseClientMode(false);
        return socket;
    }

    /** What clients set as their HTTPS proxy, such as {@code http://127.0.0.1:49152}. */
    public URI proxy() {
        return URI.create("http://127.0.0.1:" + proxy.port());
    }

    /** The authority's certificate, which clients have to trust, as PEM text. It is not secret. */
    public String certificate() {
        return authority.pem();
    }

    @Override
    public void close() {
        proxy.close();
    }
}
