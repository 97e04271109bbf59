package io.keylesspull.network;

import io.keylesspull.network.ProxyAddress.Protocol;
import io.keylesspull.text.Text;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the user says about the network when the program starts.
 *
 * @param proxy an HTTP proxy for requests; empty if nothing is said
 * @param sshProxy a proxy for SSH; empty if nothing is said
 * @param certificates authorities to trust besides those of Java and of the system
 */
public record NetworkOptions(
        Optional<ProxyAddress> proxy, Optional<ProxyAddress> sshProxy, List<X509Certificate> certificates) {

    /** Nothing said. */
    public static final NetworkOptions NONE = new NetworkOptions(Optional.empty(), Optional.empty(), List.of());

    public NetworkOptions {
        certificates = List.copyOf(certificates);
    }

    /**
     * Reads the values of options.
     *
     * @throws NetworkSettingsException if an address is malformed, or the file of certificates cannot be used
     */
    public static NetworkOptions of(Optional<String> proxy, Optional<String> sshProxy, Optional<Path> caFile)
            throws NetworkSettingsException {
        return new NetworkOptions(
                read(proxy, "--proxy", Set.of(Protocol.HTTP)),
                read(sshProxy, "--ssh-proxy", Set.of(Protocol.values())),
                caFile.isPresent() ? CertificateFile.read(caFile.get()) : List.of());
    }

    /** @param source the name of the option or setting */
    static Optional<ProxyAddress> read(Optional<String> address, String source, Set<Protocol> protocols)
            throws NetworkSettingsException {
        return address.isPresent()
                ? Optional.of(ProxyAddress.parse(address.get(), Text.of("network.source.named", source), protocols))
                : Optional.empty();
    }
}
