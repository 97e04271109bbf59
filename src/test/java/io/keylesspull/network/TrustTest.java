package io.keylesspull.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.wire.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {

    private static final Path BUNDLE = Path.of("/etc/ssl/certs/ca-certificates.crt");

    @TempDir
    private Path folder;

    @Test
    void javasListStaysTrustedBesidesWhatIsGiven() throws Exception {
        TestAuthority given = new TestAuthority();
        TestAuthority inEnvironment = new TestAuthority();
        Path bundle = Files.writeString(folder.resolve("bundle.pem"), inEnvironment.pem());
        TrustManagerFactory java = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        java.init((KeyStore) null);

        assertThat(Trust.authorities(List.of(given.certificate()), Map.of("SSL_CERT_FILE", bundle.toString())))
                .contains(((X509TrustManager) java.getTrustManagers()[0]).getAcceptedIssuers())
                .contains(given.certificate(), inEnvironment.certificate());
    }

    @Test
    @EnabledIf("hasBundle")
    void theSystemsBundleIsTrusted() throws Exception {
        assertThat(Trust.authorities(List.of(), Map.of())).containsAll(CertificateFile.readable(BUNDLE));
    }

    static boolean hasBundle() {
        return Files.isReadable(BUNDLE);
    }

    @Test
    void aBundleThatIsNotThereIsNoError() throws Exception {
        assertThat(Trust.authorities(List.of(), Map.of("SSL_CERT_FILE", "nowhere\0.pem")))
                .isNotEmpty();
    }
}
