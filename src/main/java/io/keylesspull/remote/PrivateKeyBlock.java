package io.keylesspull.remote;

import io.keylesspull.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The first private key in a file: the block alone, as JSch reads it. Whatever else editors and other programs put into
 * such a file is left out: a byte order mark, text around the block, other blocks, indentation, CR at line ends.
 *
 * <p>The formats: PEM (RFC 7468), OpenSSH's (PROTOCOL.key in its sources), PuTTY's ("Appendix C: PPK file format" of
 * its manual), and of public keys that of RFC 4716.
 *
 * @param label such as {@code OPENSSH PRIVATE KEY}, or {@code PuTTY-User-Key-File-3}
 * @param bytes the block
 * @param encrypted whether it needs a passphrase
 */
record PrivateKeyBlock(String label, byte[] bytes, boolean encrypted) {

    /** Keeps each byte as it is: a comment may be in any encoding. */
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    private static final String UTF8_MARK = new String(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, BYTES);

    private static final Pattern BEGIN = Pattern.compile("^(-----|---- )BEGIN ([A-Z0-9 ]{1,60}?)( ----|-----)$");
    private static final Pattern PUTTY = Pattern.compile("^(PuTTY-User-Key-File-[0-9]{1,9}): .*$");
    private static final Pattern PUTTY_ENCRYPTION = Pattern.compile("^Encryption:(?! *none$).*$");
    /** Of a key in PKCS#8. */
    static final String PKCS8 = "PRIVATE KEY";

    private static final String OPENSSH = "OPENSSH PRIVATE KEY";
    private static final byte[] OPENSSH_START = "openssh-key-v1\0\0\0\0\4none".getBytes(BYTES);
    private static final String OPENSSH_CERTIFICATE = "-cert-v01@openssh.com";

    /**
     * @param file the file's bytes
     * @param name its name in messages
     * @throws SshException BAD_KEY if it has no private key
     */
    static PrivateKeyBlock find(byte[] file, String name) throws SshException {
        List<String> lines = text(file).lines().map(String::strip).toList();
        String found = "";
        for (int i = 0; i < lines.size(); i++) {
            Matcher putty = PUTTY.matcher(lines.get(i));
            if (putty.matches()) {
                return putty(putty.group(1), lines.subList(i, lines.size()));
            }
            Matcher begin = BEGIN.matcher(lines.get(i));
            if (begin.matches() && isPrivate(begin.group(2))) {
                return pem(begin.group(2), lines.subList(i, lines.size()), name);
            }
            found = found.isEmpty() ? kindOf(lines.get(i)) : found;
        }
        boolean empty = lines.stream().allMatch(String::isEmpty);
        throw bad(empty ? "empty-key" : found.isEmpty() ? "not-a-key" : found, name);
    }

    /** Whether it is in PuTTY's format, which OpenSSH does not read. */
    boolean isPutty() {
        return isPutty(bytes);
    }

    /** The same of the bytes of a file. */
    static boolean isPutty(byte[] file) {
        return new String(file, BYTES).startsWith("PuTTY-User-Key-File-");
    }

    /** Whether it is an encrypted key in PKCS#8 (RFC 5958). */
    boolean isEncryptedPkcs8() {
        return label.equals("ENCRYPTED " + PKCS8);
    }

    /**
     * Decrypts a key in PKCS#8 by Java's own means, as JSch does not know all kinds of keys in that format.
     *
     * @return empty if the passphrase is wrong
     * @throws GeneralSecurityException if Java does not know the encryption
     * @throws IOException if the block is damaged
     */
    Optional<PrivateKeyBlock> decryptPkcs8(byte[] passphrase) throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(body());
        String algorithm = encrypted.getAlgParameters().toString();
        char[] characters =
                StandardCharsets.UTF_8.decode(ByteBuffer.wrap(passphrase)).array();
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(characters)),
                encrypted.getAlgParameters());
        try {
            byte[] key = encrypted.getKeySpec(cipher).getEncoded();
            String base64 = Base64.getMimeEncoder().encodeToString(key);
            String pem = "-----BEGIN " + PKCS8 + "-----\n" + base64 + "\n-----END " + PKCS8 + "-----\n";
            return Optional.of(new PrivateKeyBlock(PKCS8, pem.getBytes(BYTES), false));
        } catch (InvalidKeySpecException garbled) {
            return Optional.empty();
        }
    }

    /** The bytes between the first line and the last. */
    byte[] body() {
        return Base64.getMimeDecoder().decode(new String(bytes, BYTES).replaceAll("-----[A-Z ]+-----", ""));
    }

    private static boolean isPrivate(String label) {
        return label.endsWith("PRIVATE KEY") || label.endsWith("PRIVATE KEY BLOCK");
    }

    private static PrivateKeyBlock putty(String label, List<String> block) {
        return new PrivateKeyBlock(
                label,
                bytes(block),
                block.stream().anyMatch(line -> PUTTY_ENCRYPTION.matcher(line).matches()));
    }

    private static PrivateKeyBlock pem(String label, List<String> rest, String name) throws SshException {
        int end = rest.indexOf(rest.get(0).replace("BEGIN ", "END "));
        if (end < 0) {
            throw bad("cut-off-key", name);
        }
        List<String> block = rest.subList(0, end + 1);
        return new PrivateKeyBlock(label, bytes(block), isEncrypted(label, block));
    }

    private static boolean isEncrypted(String label, List<String> block) {
        if (label.contains("ENCRYPTED")) {
            return true;
        }
        if (label.equals(OPENSSH)) {
            byte[] body = Base64.getMimeDecoder().decode(String.join("", block.subList(1, block.size() - 1)));
            int type = OPENSSH_START.length - "\0\0\0\4none".length();
            return startsLike(body, type) && !startsLike(body, OPENSSH_START.length);
        }
        return block.stream().anyMatch(line -> line.startsWith("Proc-Type:") && line.contains("ENCRYPTED"));
    }

    private static boolean startsLike(byte[] body, int length) {
        return body.length >= length && Arrays.equals(body, 0, length, OPENSSH_START, 0, length);
    }

    /** What a line without a private key shows the file to be, as the key of a message; empty if nothing. */
    private static String kindOf(String line) {
        Matcher begin = BEGIN.matcher(line);
        if (begin.matches()) {
            return begin.group(2).endsWith("PUBLIC KEY")
                    ? "public-key"
                    : begin.group(2).contains("CERTIFICATE") ? "certificate-key" : "";
        }
        try {
            return HostKey.parse(line).type().toLowerCase(Locale.ROOT).endsWith(OPENSSH_CERTIFICATE)
                    ? "certificate-key"
                    : "public-key";
        } catch (IllegalArgumentException neither) {
            return "";
        }
    }

    private static String text(byte[] file) {
        if (file.length > 1 && (file[0] & 0xff ^ file[1] & 0xff) == 1 && (file[0] & file[1] & 0xfe) == 0xfe) {
            // UTF-16, the "Unicode" of Windows' editors and of PowerShell. Written back in UTF-8.
            byte[] utf8 = new String(file, StandardCharsets.UTF_16).getBytes(StandardCharsets.UTF_8);
            return new String(utf8, BYTES);
        }
        String text = new String(file, BYTES);
        return text.startsWith(UTF8_MARK) ? text.substring(UTF8_MARK.length()) : text;
    }

    private static byte[] bytes(List<String> block) {
        return (String.join("\n", block) + "\n").getBytes(BYTES);
    }

    private static SshException bad(String key, String name) {
        return new SshException(SshException.Kind.BAD_KEY, Text.of("remote." + key, name), null);
    }
}
