package io.keylesspull.network;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * How every connection to the network is made: whom TLS trusts.
 *
 * @param tls for all connections by TLS
 */
public record Network(SSLContext tls) {

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
     * @throws NetworkSettingsException if the settings file, or a file that it names, cannot be used
     */
    public static Network open(NetworkOptions options, Path settings, Map<String, String> environment)
            throws NetworkSettingsException {
        SettingsFile file = SettingsFile.read(settings);
        List<X509Certificate> more = new ArrayList<>(options.certificates());
        if (file.caFile().isPresent()) {
            more.addAll(CertificateFile.read(file.caFile().get()));
        }
        return new Network(Trust.context(more, environment));
    }
}
