package io.keylesspull.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The certificate authorities that the operating system trusts. A company installs there that of its inspecting proxy.
 */
final class SystemCertificates {

    /**
     * Key stores of the system that Java knows: the trusted roots of Windows (module {@code jdk.crypto.mscapi}), the
     * user's and the administrator's of macOS (the latter from JDK 23 on). Each exists on its own system only.
     */
    private static final List<String> STORES = List.of("Windows-ROOT", "KeychainStore", "KeychainStore-ROOT");

    /** Debian, Fedora, openSUSE, RHEL, Alpine: the same list as Go's (crypto/x509, root_linux.go). */
    private static final List<Path> BUNDLES = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    /** OpenSSL's name for a bundle of the user's own; curl, Go and Python read it too. */
    private static final String BUNDLE_VARIABLE = "SSL_CERT_FILE";

    private SystemCertificates() {}

    /** @param environment the process's environment */
    static List<X509Certificate> all(Map<String, String> environment) {
        List<X509Certificate> all = new ArrayList<>();
        STORES.forEach(type -> all.addAll(inStore(type)));
        BUNDLES.stream()
                .filter(Files::isReadable)
                .findFirst()
                .ifPresent(bundle -> all.addAll(CertificateFile.readable(bundle)));
        String own = environment.getOrDefault(BUNDLE_VARIABLE, "");
        if (!own.isEmpty()) {
            try {
                all.addAll(CertificateFile.readable(Path.of(own)));
            } catch (InvalidPathException notAPath) {
                // Like a file that is not there.
            }
        }
        return all;
    }

    private static List<X509Certificate> inStore(String type) {
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            List<X509Certificate> all = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isCertificateEntry(alias)
                        && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    all.add(certificate);
                }
            }
            return all;
        } catch (KeyStoreException otherSystem) {
            return List.of();
        } catch (IOException | GeneralSecurityException closed) {
            // The system does not let this user read it: then the other sources have to do.
            return List.of();
        }
    }
}
