package io.keylesspull.remote;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A machine's public host key, as in {@code /etc/ssh/ssh_host_*_key.pub}.
 *
 * @param type {@code ssh-ed25519}, {@code ecdsa-sha2-nistp256}, {@code ssh-rsa}…
 * @param base64 the key's blob (RFC 4253, 6.6), padded base64
 */
public record HostKey(String type, String base64) {

    /** @throws IllegalArgumentException if the two do not belong together; its message is for people */
    public HostKey {
        byte[] blob;
        try {
            blob = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("the " + type + " host key is not valid base64", malformed);
        }
        String inside = typeOf(blob);
        if (!inside.equals(type)) {
            throw new IllegalArgumentException(
                    "the host key says it is " + type + " but holds " + (inside.isEmpty() ? "no key" : inside));
        }
    }

    /**
     * @param line {@code ssh-ed25519 AAAA… comment}; the comment may be missing
     * @throws IllegalArgumentException if the line is not a public key; its message is for people
     */
    public static HostKey parse(String line) {
        String[] parts = line.strip().split("\\s+", 3);
        if (parts.length < 2) {
            throw new IllegalArgumentException("a host key is a type and a base64 text, such as "
                    + "\"ssh-ed25519 AAAA…\", not \"" + shortened(line.strip()) + "\"");
        }
        return new HostKey(parts[0], parts[1]);
    }

    static HostKey ofBlob(byte[] blob) {
        return new HostKey(typeOf(blob), Base64.getEncoder().encodeToString(blob));
    }

    /** {@code SHA256:…}, as {@code ssh-keygen -l} prints it. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /**
     * The length of an RSA key's modulus.
     *
     * @return 0 if it is no RSA key
     */
    int rsaBits() {
        if (!type.equals("ssh-rsa")) {
            return 0;
        }
        ByteBuffer fields = ByteBuffer.wrap(blob());
        byte[] field = new byte[0];
        // RFC 4253, 6.6: the type, the exponent, the modulus.
        for (int i = 0; i < 3; i++) {
            int length = fields.remaining() < Integer.BYTES ? -1 : fields.getInt();
            if (length < 0 || length > fields.remaining()) {
                return 0;
            }
            field = new byte[length];
            fields.get(field);
        }
        return new BigInteger(1, field).bitLength();
    }

    byte[] blob() {
        return Base64.getDecoder().decode(base64);
    }

    /** The type at the start of the blob: a length of four bytes, then the name. Empty if there is none. */
    private static String typeOf(byte[] blob) {
        if (blob.length < 4 || blob[0] != 0 || blob[1] != 0 || blob[2] != 0 || blob[3] <= 0) {
            return "";
        }
        int length = blob[3];
        // A key must hold more than its type's name.
        return blob.length <= 4 + length
                ? ""
                : new String(Arrays.copyOfRange(blob, 4, 4 + length), StandardCharsets.US_ASCII);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
