package io.keylesspull.network;

import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** How every connection to the network is made: through which proxy, and whom TLS trusts. */
public final class Network {

    private final SSLContext tls;
    private final Proxies proxies;
    private final Optional<ProxyAddress> sshProxy;

    private Network(SSLContext tls, Proxies proxies, Optional<ProxyAddress> sshProxy) {
        this.tls = tls;
        this.proxies = proxies;
        this.sshProxy = sshProxy;
    }

    /** Opens the way to the network when it is first needed. */
    @FunctionalInterface
    public interface Opener {
        Network open() throws NetworkSettingsException;
    }

    /**
     * Reads the system's certificates, which takes some tenths of a second.
     *
     * @param options what the command line says
     * @param settings the user's settings file; need not exist
     * @param environment the process's environment
     * @param system finds the system's proxies
     * @throws NetworkSettingsException if the settings file, or a file that it names, cannot be used, or the address of
     *     a proxy is malformed
     */
    public static Network open(
            NetworkOptions options, Path settings, Map<String, String> environment, ProxySelector system)
            throws NetworkSettingsException {
        SettingsFile file = SettingsFile.read(settings);
        List<X509Certificate> more = new ArrayList<>(options.certificates());
        if (file.caFile().isPresent()) {
            more.addAll(CertificateFile.read(file.caFile().get()));
        }
        return new Network(
                Trust.context(more, environment),
                Proxies.of(options.proxy().or(file::proxy), environment, system),
                options.sshProxy().or(file::sshProxy));
    }

    /**
     * Sets what Java reads when its classes for the network are loaded: that it asks the system for proxies, and that
     * it signs in to a proxy with Basic, which it would not for https. To be called when the program starts.
     */
    public static void prepareJava() {
        setUnlessSet("java.net.useSystemProxies", "true");
        setUnlessSet("jdk.http.auth.tunneling.disabledSchemes", "");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** For all connections by TLS. */
    public SSLContext tls() {
        return tls;
    }

    /** The HTTP proxies as Java's classes ask for them; without logins. */
    public ProxySelector proxies() {
        return proxies;
    }

    /** The HTTP proxy that a request goes through; empty if it goes to its own address. */
    public Optional<ProxyAddress> proxy(URI request) {
        return proxies.find(request);
    }

    /** The HTTP proxy that a request does not go through because {@code NO_PROXY} excepts its host; else empty. */
    public Optional<ProxyAddress> bypassedProxy(URI request) {
        return proxies.bypassed(request);
    }

    /** The proxy that SSH goes through; empty if it goes to the machines themselves. */
    public Optional<ProxyAddress> sshProxy() {
        return sshProxy;
    }
}
