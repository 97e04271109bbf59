package io.keylesspull.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keylesspull.practice.wire.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFileTest {

    @TempDir
    private Path folder;

    @Test
    void allCertificatesOfAFileAreReadWhateverStandsBetween() throws Exception {
        TestAuthority one = new TestAuthority();
        TestAuthority other = new TestAuthority();
        Path file = file("# Contoso Root\n" + one.pem() + "\nissuer=CN=x\r\n"
                + other.pem().replace("\n", "\r\n"));
        assertThat(CertificateFile.read(file)).containsExactly(one.certificate(), other.certificate());
    }

    @Test
    void aFileThatCannotBeUsedIsReportedInOneSentence() throws Exception {
        assertWrong(folder.resolve("nowhere.pem"), "cannot be read", "No such file or directory");
        assertWrong(folder, "cannot be read", folder.toString());
        assertWrong(file("not a certificate"), "has no certificate in PEM format");
        String good = new TestAuthority().pem();
        assertWrong(file(good + good.replaceFirst("\n.{20}", "\n")), "certificate 2 is damaged");
        assertWrong(file("-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n"), "certificate 1 is damaged");
    }

    @Test
    void ofASystemsBundleWhatCannotBeReadIsLeftOut() throws IOException {
        TestAuthority good = new TestAuthority();
        Path bundle = file("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + good.pem());
        assertThat(CertificateFile.readable(bundle)).containsExactly(good.certificate());
        assertThat(CertificateFile.readable(folder.resolve("nowhere.pem"))).isEmpty();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("ca.pem"), text);
    }

    private static void assertWrong(Path file, String... words) {
        assertThatThrownBy(() -> CertificateFile.read(file))
                .isInstanceOf(NetworkSettingsException.class)
                .message()
                .contains(words)
                .contains(file.toString());
    }
}
