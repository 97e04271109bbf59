package io.keylesspull.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyPair;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Private keys that are protected by a passphrase, in each format. */
@Timeout(60)
class KeyWithPassphraseTest {

    private static final String WORDS = "correct horse, caf\u00e9";
    private static final byte[] PASSPHRASE = WORDS.getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void aMachineIsOpenedByAnUnlockedKey() throws Exception {
        Path open = folder.resolve("open");
        TestMachine.USER_KEY.save(open);
        Path file = folder.resolve("id_rsa");
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyPair.load(new JSch(), Files.readAllBytes(open), null)
                    .writeOpenSSHv1PrivateKey(out, PASSPHRASE.clone(), 4);
        }

        SshKey key = SshKey.unlock(file, PASSPHRASE).orElseThrow();

        assertThat(key.publicKey()).isEqualTo(TestMachine.USER_KEY.publicKey());
        try (TestMachine machine = new TestMachine(io -> 3)) {
            SshTarget known = machine.target();
            SshTarget target = new SshTarget(
                    known.host(), known.port(), known.user(), List.of(key), known.trust(), known.connectTimeout());
            try (RemoteShell shell = RemoteShell.connect(target, SshRoute.direct(), Time.system())) {
                assertThat(shell.run(Command.of("true"), OutputListener.none()).exitStatus())
                        .isEqualTo(3);
            }
        }
        isLockedFor(file, "another");
        isLockedFor(file, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"locked-openssh.pem", "locked-pem.pem", "locked-pkcs8.pem", "locked-putty2.ppk"})
    void aKeyOfAnyFormatIsUnlocked(String name) throws Exception {
        Path file = saved(name);
        String publicHalf = Files.readString(saved(name.replaceFirst("[.].*", ".pub")));

        SshKey key = SshKey.unlock(file, "open sesame".getBytes(StandardCharsets.US_ASCII))
                .orElseThrow();

        assertThat(publicHalf).startsWith(key.type() + " " + key.publicKey().base64());
        assertThat(key.isPutty()).isEqualTo(name.endsWith("ppk"));
        isLockedFor(file, "another");
    }

    /** JSch needs another library for it. */
    @Test
    void ed25519InPkcs8IsUnlocked() throws Exception {
        Path file = folder.resolve("key.pem");
        byte[] key = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        Files.writeString(file, encrypted(key));

        assertThat(SshKey.unlock(file, "open sesame".getBytes(StandardCharsets.US_ASCII))
                        .orElseThrow()
                        .type())
                .isEqualTo("ssh-ed25519");
        isLockedFor(file, "another");
    }

    /** As {@code openssl pkcs8 -topk8} writes it. */
    private static String encrypted(byte[] pkcs8) throws Exception {
        String algorithm = "PBEWithHmacSHA256AndAES_256";
        SecretKey secret =
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec("open sesame".toCharArray()));
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.ENCRYPT_MODE, secret);
        // Under this name Java knows its number.
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
        parameters.init(cipher.getParameters().getEncoded());
        byte[] der = new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(pkcs8)).getEncoded();
        return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    }

    /** It needs Argon2, which neither Java nor JSch has. */
    @Test
    void anEncryptionThatIsNotSupportedIsReportedAsSuch() throws Exception {
        Path file = saved("passphrase-putty3.ppk");

        SshException refused = catchThrowableOfType(SshException.class, () -> SshKey.unlock(file, PASSPHRASE));

        assertThat(refused.kind()).isEqualTo(SshException.Kind.BAD_KEY);
        assertThat(refused).hasMessageContaining("PuTTY-User-Key-File-3").hasMessageContaining("SSH agent");
    }

    private Path saved(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = KeyWithPassphraseTest.class.getResourceAsStream("keys/" + name)) {
            Files.copy(in, file);
        }
        return file;
    }

    private static void isLockedFor(Path file, String words) throws SshException {
        assertThat(SshKey.unlock(file, words.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
