package io.keylesspull.practice.wire;

import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The practice cloud for programs that are not the product, unchanged and by the real host names: an HTTP proxy on the
 * loopback interface whose tunnels end at the practice cloud. There they speak TLS with the host they asked for, known
 * by a certificate of {@link #certificate()}; or SSH with a machine.
 */
public final class PracticeServer implements AutoCloseable {

    private static final int HTTPS = 443;

    private final CertificateAuthority authority;
    private final ConnectProxy proxy;

    private PracticeServer(CertificateAuthority authority, ConnectProxy proxy) {
        this.authority = authority;
        this.proxy = proxy;
    }

    /**
     * @param door   of the practice cloud
     * @param hosts  who is behind it
     * @param others where other servers than those of HTTPS listen, by host and port
     * @param port   0 for one that is free
     * @throws java.net.BindException where the port is taken, or not for this user
     */
    public static PracticeServer open(LoopbackHttpServer door, VirtualHosts hosts,
                                      BiFunction<String, Integer, Optional<InetSocketAddress>> others,
                                      int port, SecureRandom random, Time time) throws IOException {
        CertificateAuthority authority = new CertificateAuthority(random, time);
        Predicate<String> known = host -> hosts.has(host) && !host.equals(LoopbackHttpServer.METADATA);
        SSLSocketFactory tls = HostCertificates.context(authority, known).getSocketFactory();
        ConnectProxy.End secureDoor = client -> door.serve(server(tls, client));
        return new PracticeServer(authority, new ConnectProxy((host, asked) -> asked == HTTPS && known.test(host)
                ? Optional.of(secureDoor) : others.apply(host, asked).map(Tunnel::new), port));
    }

    private static Socket server(SSLSocketFactory tls, Socket client) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(client, null, true);
        socket.setUseClientMode(false);
        return socket;
    }

    /** What clients use as their proxy for HTTPS, such as {@code http://127.0.0.1:49152}. */
    public URI proxy() {
        return URI.create("http://127.0.0.1:" + proxy.port());
    }

    /** That of the authority which clients have to trust, as the text of a PEM file. It is not secret. */
    public String certificate() {
        return authority.pem();
    }

    @Override
    public void close() {
        proxy.close();
    }
}
