package io.keylesspull.practice.http;

import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * The practice cloud for programs that are not the product, unchanged and by the real host names: an HTTP proxy on the
 * loopback interface whose tunnels end at the practice cloud. There they speak TLS with the host they asked for, known by
 * a certificate of {@link #certificate()}; or SSH with a machine.
 */
public final class PracticeServer implements AutoCloseable {

    private static final int HTTPS = 443;

    private final CertificateAuthority authority;
    private final FrontDoor door;
    private final ConnectProxy proxy;

    private PracticeServer(CertificateAuthority authority, FrontDoor door, ConnectProxy proxy) {
        this.authority = authority;
        this.door = door;
        this.proxy = proxy;
    }

    /**
     * @param faults what shall go wrong
     * @param others where other servers than those of HTTPS listen, by host and port
     * @param port   0 for one that is free
     * @throws java.net.BindException where the port is taken, or not for this user
     */
    public static PracticeServer open(Hosts hosts, HttpFaults faults,
                                      BiFunction<String, Integer, Optional<InetSocketAddress>> others, int port,
                                      SecureRandom random, Time time) throws IOException {
        CertificateAuthority authority = new CertificateAuthority(random, time);
        Predicate<String> known = host -> hosts.has(host) && !host.equals(FrontDoor.METADATA);
        SSLContext certificates = HostCertificates.context(authority, known);
        FrontDoor door = FrontDoor.openSecure(hosts, faults, time, certificates);
        try {
            ConnectProxy proxy = ConnectProxy.open((host, asked) -> asked == HTTPS && known.test(host)
                    ? Optional.of(door.address()) : others.apply(host, asked), port);
            return new PracticeServer(authority, door, proxy);
        } catch (IOException e) {
            door.close();
            throw e;
        }
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
        door.close();
    }
}
