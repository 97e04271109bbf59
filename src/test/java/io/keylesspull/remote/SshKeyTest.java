package io.keylesspull.remote;

import static io.keylesspull.remote.RemoteShellTest.assertKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyPair;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SshKeyTest {

    @TempDir
    private Path directory;

    @Test
    void aSavedKeyIsLoadedAgain() throws Exception {
        Path file = directory.resolve("new/ssh/id_ed25519");
        SshKey key = SshKey.generate("keyless-pull");
        key.save(file);
        SshKey loaded = SshKey.load(file);
        assertThat(loaded.publicKeyLine())
                .isEqualTo(key.publicKeyLine())
                .startsWith("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5")
                .endsWith(" keyless-pull");
        assertThat(Files.readString(directory.resolve("new/ssh/id_ed25519.pub")))
                .isEqualTo(key.publicKeyLine() + "\n");
        key.save(file);

        assertThat(file.getParent().toFile().list()).hasSize(2);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerMayReadAPrivateKey() throws Exception {
        Path file = directory.resolve("ssh/key");
        SshKey.generate("").save(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void anRsaKeyIsLoadedAgain() throws Exception {
        SshKey key = TestMachine.rsaKey("rsa");
        key.save(directory.resolve("id_rsa"));
        assertThat(SshKey.load(directory.resolve("id_rsa")).publicKeyLine())
                .isEqualTo(key.publicKeyLine())
                .startsWith("ssh-rsa ");
    }

    @Test
    void anotherKeyIsNeverOverwritten() throws Exception {
        Path file = directory.resolve("key");
        SshKey first = SshKey.generate("first");
        first.save(file);
        assertThatThrownBy(() -> SshKey.generate("second").save(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(SshKey.load(file).publicKeyLine()).isEqualTo(first.publicKeyLine());

        Files.delete(file);
        assertThatThrownBy(() -> SshKey.generate("third").save(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).doesNotExist();
        Files.writeString(file, "notes");
        assertThatThrownBy(() -> first.save(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("notes");
    }

    @Test
    void eachKindOfUnusableKeyIsReportedAsSuch() throws Exception {
        Path missing = directory.resolve("missing");
        assertThat(assertKind(SshException.Kind.BAD_KEY, () -> SshKey.load(missing)))
                .hasMessageContaining("does not exist")
                .hasMessageContaining(missing.toString());
        assertKind(SshException.Kind.BAD_KEY, () -> SshKey.load(directory));
        assertKind(SshException.Kind.BAD_KEY, () -> SshKey.parse("", "k"));
        assertKind(SshException.Kind.BAD_KEY, () -> SshKey.parse("hello", "k"));
        assertKind(
                SshException.Kind.BAD_KEY,
                () -> SshKey.parse(
                        "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "k"));
        assertThat(assertKind(
                        SshException.Kind.BAD_KEY,
                        () -> SshKey.parse(SshKey.generate("x").publicKeyLine(), "k.pub")))
                .hasMessageContaining("public half");
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 0, 1});
        assertKind(SshException.Kind.BAD_KEY, () -> SshKey.load(binary));
    }

    @Test
    void aKeyWithAPassphraseIsReportedAsSuch() throws Exception {
        KeyPair pair = KeyPair.genKeyPair(new JSch(), KeyPair.RSA, 2048);
        ByteArrayOutputStream openssh = new ByteArrayOutputStream();
        pair.writeOpenSSHv1PrivateKey(openssh, "secret".getBytes(StandardCharsets.UTF_8), 4);
        ByteArrayOutputStream pem = new ByteArrayOutputStream();
        pair.writePrivateKey(pem, "secret".getBytes(StandardCharsets.UTF_8));
        for (ByteArrayOutputStream written : new ByteArrayOutputStream[] {openssh, pem}) {
            assertKind(
                    SshException.Kind.ENCRYPTED_KEY,
                    () -> SshKey.parse(written.toString(StandardCharsets.UTF_8), "id"));
        }
    }

    @Test
    void windowsLineEndsAreRead() throws Exception {
        Path file = directory.resolve("key");
        SshKey key = SshKey.generate("c");
        key.save(file);
        assertThat(SshKey.parse(Files.readString(file).replace("\n", "\r\n"), "k")
                        .publicKeyLine())
                .isEqualTo(key.publicKeyLine());
    }

    @Test
    void aKeyShowsNothingPrivate() throws Exception {
        Path file = directory.resolve("key");
        SshKey key = SshKey.generate("c");
        key.save(file);
        assertThat(key.toString()).matches("ssh-ed25519 SHA256:[A-Za-z0-9+/]{43}");
    }

    @Test
    void aFingerprintIsThatOfSshKeygen() {
        // A key of no machine: 32 bytes counting up. Checked once with ssh-keygen -l -E sha256.
        byte[] blob = new byte[51];
        blob[3] = 11;
        System.arraycopy("ssh-ed25519".getBytes(StandardCharsets.US_ASCII), 0, blob, 4, 11);
        blob[18] = 32;
        for (int i = 0; i < 32; i++) {
            blob[19 + i] = (byte) i;
        }
        HostKey key = HostKey.parse("ssh-ed25519 " + Base64.getEncoder().encodeToString(blob) + " root@vm");
        assertThat(key.fingerprint()).isEqualTo("SHA256:ZkAslGjFiUHdGf/WUL8rQvkib4PTvQatUV0OUQSncCA");
    }

    @Test
    void aHostKeyThatIsNoneIsRefused() {
        String blob = SshKey.generate("").publicKeyLine().split(" ")[1];
        assertThatThrownBy(() -> HostKey.parse("ssh-rsa " + blob))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ssh-rsa")
                .hasMessageContaining("ssh-ed25519");
        for (String line : new String[] {"", "ssh-ed25519", "ssh-ed25519 !!!", "ssh-ed25519 AAAA", "-----BEGIN x"}) {
            assertThatThrownBy(() -> HostKey.parse(line)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
