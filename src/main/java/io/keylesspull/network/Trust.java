package io.keylesspull.network;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Which servers are trusted by TLS. Checking cannot be turned off. */
final class Trust {

    private Trust() {}

    /**
     * Trusts Java's certificate authorities, the system's, and the given ones.
     *
     * @param environment the process's environment
     */
    static SSLContext context(Collection<X509Certificate> more, Map<String, String> environment) {
        try {
            Set<X509Certificate> all = authorities(more, environment);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new ExplainingTrustManager(manager(store(all)))}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot check certificates", e);
        }
    }

    static Set<X509Certificate> authorities(Collection<X509Certificate> more, Map<String, String> environment)
            throws GeneralSecurityException {
        Set<X509Certificate> all = new LinkedHashSet<>(List.of(manager(null).getAcceptedIssuers()));
        all.addAll(SystemCertificates.all(environment));
        all.addAll(more);
        return all;
    }

    /** @param store null: Java's own list */
    private static X509ExtendedTrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("no trust manager for X.509"));
    }

    private static KeyStore store(Collection<X509Certificate> certificates) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("an empty store is not read from anywhere", e);
        }
        int number = 0;
        for (X509Certificate certificate : certificates) {
            store.setCertificateEntry(String.valueOf(number++), certificate);
        }
        return store;
    }
}
