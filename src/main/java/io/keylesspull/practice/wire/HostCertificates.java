package io.keylesspull.practice.wire;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Presents to each TLS client the certificate of the host that it names (SNI, RFC 6066, section 3), issued at first
 * use. If the client names no host, or an unknown one, the handshake fails.
 */
final class HostCertificates extends X509ExtendedKeyManager {

    private static final String KEY_TYPE = "EC";

    private final CertificateAuthority authority;
    private final Predicate<String> known;
    private final KeyPair keys;
    private final Map<String, X509Certificate> byHost = new ConcurrentHashMap<>();

    private HostCertificates(CertificateAuthority authority, Predicate<String> known) {
        this.authority = authority;
        this.known = known;
        this.keys = authority.keyPair();
    }

    /** @param known whether there is a host of this name, evaluated for each connection */
    static SSLContext context(CertificateAuthority authority, Predicate<String> known) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new HostCertificates(authority, known)}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        if (!keyType.equals(KEY_TYPE)
                || !(((SSLSocket) socket).getHandshakeSession() instanceof ExtendedSSLSession session)) {
            return null;
        }
        return session.getRequestedServerNames().stream()
                .filter(name -> name.getType() == StandardConstants.SNI_HOST_NAME)
                .map(name -> new SNIHostName(name.getEncoded()).getAsciiName().toLowerCase(Locale.ROOT))
                .filter(known)
                .findFirst()
                .orElse(null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String host) {
        return new X509Certificate[] {
            byHost.computeIfAbsent(host, name -> authority.issue(name, keys.getPublic())), authority.certificate()
        };
    }

    @Override
    public PrivateKey getPrivateKey(String host) {
        return keys.getPrivate();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }
}
