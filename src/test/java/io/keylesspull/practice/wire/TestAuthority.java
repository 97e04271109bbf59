package io.keylesspull.practice.wire;

import io.keylesspull.time.Time;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority that nobody knows, as a company's inspecting proxy has. */
public final class TestAuthority {

    private final CertificateAuthority authority;

    public TestAuthority() {
        this(Time.system());
    }

    /** @param time when its certificates are made */
    public TestAuthority(Time time) {
        authority = new CertificateAuthority(new SecureRandom(), time);
    }

    public X509Certificate certificate() {
        return authority.certificate();
    }

    public String pem() {
        return authority.pem();
    }

    /** For a server that says it is the host. */
    public SSLContext server(String host) {
        try {
            KeyPair keys = authority.keyPair();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", keys.getPrivate(), new char[0], new Certificate[] {
                authority.issue(host, keys.getPublic()), authority.certificate()
            });
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
