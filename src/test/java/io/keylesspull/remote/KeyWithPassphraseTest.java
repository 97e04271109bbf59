package io.keylesspull.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyPair;
import io.keylesspull.time.Time;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyPairGenerator;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            SshTarget target =
                    new SshTarget(known.host(), known.port(), known.user(), key, known.trust(), known.connectTimeout());
            try (RemoteShell shell = RemoteShell.connect(target, SshRoute.direct(), Time.system())) {
                assertThat(shell.run(Command.of("true"), OutputListener.none()).exitStatus())
                        .isEqualTo(3);
            }
        }
        isLockedFor(file, "another");
        isLockedFor(file, "");
    }

    @ParameterizedTest
    @CsvSource({"2, 2048", "3, 256", "5, 256"})
    void opensshsFormatIsUnlocked(int type, int bits) throws Exception {
        KeyPair pair = KeyPair.genKeyPair(new JSch(), type, bits);
        Path file = folder.resolve("id");
        try (OutputStream out = Files.newOutputStream(file)) {
            pair.writeOpenSSHv1PrivateKey(out, PASSPHRASE.clone(), 4);
        }

        assertThat(SshKey.unlock(file, PASSPHRASE).orElseThrow().publicKey().blob())
                .isEqualTo(pair.getPublicKeyBlob());
        isLockedFor(file, "another");
    }

    @ParameterizedTest
    @CsvSource({"2, 2048", "3, 256"})
    void pemIsUnlocked(int type, int bits) throws Exception {
        KeyPair pair = KeyPair.genKeyPair(new JSch(), type, bits);
        Path file = folder.resolve("id");
        pair.writePrivateKey(file.toString(), PASSPHRASE.clone());

        assertThat(SshKey.unlock(file, PASSPHRASE).orElseThrow().publicKey().blob())
                .isEqualTo(pair.getPublicKeyBlob());
        isLockedFor(file, "another");
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048, ssh-rsa", "Ed25519, 255, ssh-ed25519"})
    void pkcs8IsUnlocked(String algorithm, int bits, String type) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        Path file = folder.resolve("key.pem");
        Files.writeString(
                file, encrypted(generator.generateKeyPair().getPrivate().getEncoded()));

        assertThat(SshKey.unlock(file, "secret words".getBytes(StandardCharsets.US_ASCII))
                        .orElseThrow()
                        .type())
                .isEqualTo(type);
        isLockedFor(file, "another");
    }

    /** As {@code openssl pkcs8 -topk8} writes it. */
    private static String encrypted(byte[] pkcs8) throws Exception {
        String algorithm = "PBEWithHmacSHA256AndAES_256";
        SecretKey secret =
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec("secret words".toCharArray()));
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
        Path file = folder.resolve("key.ppk");
        Files.writeString(file, """
                PuTTY-User-Key-File-3: ssh-ed25519
                Encryption: aes256-cbc
                Comment: ops
                Public-Lines: 2
                AAAAC3NzaC1lZDI1NTE5AAAAIHO4wZzVZL1hQDGzrqBpJVqzFBhOrCYPGvFwYNpo
                xCzG
                Key-Derivation: Argon2id
                Argon2-Memory: 8192
                Argon2-Passes: 21
                Argon2-Parallelism: 1
                Argon2-Salt: 08a9ee3c5b0e6c62a2cb2c4b6f9d4d3b
                Private-Lines: 1
                QXzl8vL8yL2VVxLd2p9m1oXn0kqSdlq2nVQ6V2sYg5TjE2sLk0o1o8t2yXc9q3mF
                Private-MAC: 6a2ff2a3e2b1dcf4a6f3e0bb7d2d7f7f8e3b6c0f0c1e3a8d5b7e9f1a2c3d4e5f
                """);

        SshException refused = catchThrowableOfType(SshException.class, () -> SshKey.unlock(file, PASSPHRASE));

        assertThat(refused.kind()).isEqualTo(SshException.Kind.BAD_KEY);
        assertThat(refused).hasMessageContaining("PuTTY-User-Key-File-3").hasMessageContaining("SSH agent");
    }

    private static void isLockedFor(Path file, String words) throws SshException {
        assertThat(SshKey.unlock(file, words.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
