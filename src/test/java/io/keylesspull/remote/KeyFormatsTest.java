package io.keylesspull.remote;

import static io.keylesspull.remote.RemoteShellTest.assertKind;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys as other programs write them: ssh-keygen 9.2, OpenSSL 3.0 and puttygen 0.78, made for this test; they open no
 * machine.
 */
class KeyFormatsTest {

    private static final List<String> KEYS = List.of(
            "openssh-ed25519.pem",
            "openssh-ecdsa521.pem",
            "pem-rsa.pem",
            "pem-ec.pem",
            "ec-parameters.pem",
            "pkcs8-rsa.pem",
            "pkcs8-ec.pem",
            "pkcs8-ed25519.pem",
            "putty2-rsa.ppk",
            "putty2-ecdsa.ppk",
            "putty2-ed25519.ppk",
            "putty3-rsa.ppk",
            "putty3-ecdsa.ppk",
            "putty3-ed25519.ppk");

    private static final Map<String, UnaryOperator<byte[]>> CHANGES = Map.of(
            "as it is", bytes -> bytes,
            "CRLF", bytes -> of(text(bytes).replace("\n", "\r\n")),
            "CR", bytes -> of(text(bytes).replace("\n", "\r")),
            "byte order mark", bytes -> utf8("\uFEFF", bytes),
            "UTF-16", bytes -> ("\uFEFF" + text(bytes)).getBytes(StandardCharsets.UTF_16LE),
            "UTF-16 big-endian", bytes -> text(bytes).getBytes(StandardCharsets.UTF_16),
            "text before", bytes -> utf8("Bag Attributes\n    friendlyName: 本番のキー\n-----\n\n", bytes),
            "no newline at the end", bytes -> of(text(bytes).stripTrailing()));

    @TempDir
    private Path folder;

    static Stream<String> keys() {
        return KEYS.stream();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyOfAnyFormatIsReadHoweverItWasSaved(String name) throws Exception {
        String expected = text(resource(name.substring(0, name.lastIndexOf('.')) + ".pub"))
                .strip();
        for (Map.Entry<String, UnaryOperator<byte[]>> change : CHANGES.entrySet()) {
            Path file = Files.write(folder.resolve("key"), change.getValue().apply(resource(name)));
            assertThat(SshKey.load(file).publicKeyLine()).as(change.getKey()).startsWith(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void otherBlocksAndTextAroundAKeyAreLeftOut(String name) throws Exception {
        byte[] key = resource(name);
        Path file = folder.resolve("key");
        Files.writeString(file, text(resource("certificate-x509.pem")) + text(resource("public-rfc4716.txt")));
        Files.write(file, key, java.nio.file.StandardOpenOption.APPEND);
        assertThat(SshKey.load(file).publicKey())
                .isEqualTo(SshKey.parse(text(key), name).publicKey());
        if (name.endsWith(".pem")) {
            String indented = text(key)
                    .lines()
                    .map(line -> "      " + line + "  ")
                    .collect(Collectors.joining("\n", "key: |\n", ""));
            assertThat(SshKey.parse(indented + "\n# the end", name).publicKey())
                    .isEqualTo(SshKey.parse(text(key), name).publicKey());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passphrase-openssh.pem",
                "passphrase-openssh-chacha.pem",
                "passphrase-pem.pem",
                "passphrase-pkcs8.pem",
                "passphrase-putty2.ppk",
                "passphrase-putty3.ppk"
            })
    void aKeyWithAPassphraseIsReportedAsSuch(String name) {
        assertThat(assertKind(SshException.Kind.ENCRYPTED_KEY, () -> SshKey.load(saved(name))))
                .hasMessageContaining("protected by a passphrase");
    }

    @ParameterizedTest
    @ValueSource(strings = {"outdated-openssh.pem", "outdated-pem.pem", "outdated-putty.ppk"})
    void aDsaKeyIsReportedAsOutdated(String name) {
        refused(saved(name), "no longer accept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unsupported-ed448.pem", "unsupported-secp256k1.pem"})
    void aKeyOfAnotherCurveIsReportedAsUnsupported(String name) {
        refused(saved(name), "not supported here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"public-openssh.txt", "public-pkcs1.pem", "public-spki.pem", "public-rfc4716.txt", "pem-rsa.pub"
            })
    void aPublicKeyIsReportedAsSuch(String name) {
        refused(saved(name), "public half");
    }

    @ParameterizedTest
    @ValueSource(strings = {"certificate-x509.pem", "certificate-openssh.txt"})
    void aCertificateIsReportedAsSuch(String name) {
        refused(saved(name), "is a certificate");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aDamagedKeyIsNeverUsed(String name) throws Exception {
        String text = text(resource(name));
        if (name.endsWith(".pem")) {
            Path cut = Files.writeString(folder.resolve("cut"), text.substring(0, text.length() - 40));
            refused(cut, "cut off");
        } else {
            Path cut = Files.writeString(folder.resolve("cut"), text.substring(0, text.indexOf("Private-Lines")));
            refused(cut, "damaged");
        }
    }

    @Test
    void aFileThatHoldsNoKeyIsReportedAsSuch() throws Exception {
        refused(Files.writeString(folder.resolve("notes"), "buy milk\n"), "holds no private SSH key");
        refused(Files.writeString(folder.resolve("empty"), " \n"), "is empty");
        refused(Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, 1}), "holds no private SSH key");
        refused(folder.resolve("missing"), "does not exist");
    }

    @Test
    void aFolderIsReportedAsSuch() {
        refused(folder, "is a folder");
    }

    @Test
    void aFileLargerThanAnyKeyIsReportedAsSuch() throws Exception {
        refused(Files.write(folder.resolve("film"), new byte[64 * 1024 + 1]), "far larger");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aDeviceIsRefusedUnread() {
        refused(Path.of("/dev/zero"), "device or a pipe");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPipeIsRefusedAndNotWaitedFor() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(1), () -> refused(pipe, "device or a pipe"));
    }

    private static void refused(Path file, String words) {
        assertThat(assertKind(SshException.Kind.BAD_KEY, () -> SshKey.load(file)))
                .hasMessageContaining(words)
                .hasMessageContaining(file.toString());
    }

    private Path saved(String name) {
        try {
            return Files.write(folder.resolve(name), resource(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = KeyFormatsTest.class.getResourceAsStream("keys/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] utf8(String before, byte[] bytes) {
        return (before + text(bytes)).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
