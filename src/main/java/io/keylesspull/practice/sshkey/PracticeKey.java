package io.keylesspull.practice.sshkey;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;

/** The SSH key pair (Ed25519) that lets its holder into the machines that the practice cloud starts with. */
public final class PracticeKey {

    private static final String TYPE = "ssh-ed25519";
    private static final String COMMENT = "practice";
    private static final int LENGTH = 32;

    private final byte[] publicKey;
    private final byte[] seed;

    private PracticeKey(byte[] publicKey, byte[] seed) {
        this.publicKey = publicKey;
        this.seed = seed;
    }

    /** A new one each time: no key stands in the program. */
    public static PracticeKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            return new PracticeKey(Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length), seed);
        } catch (GeneralSecurityException noSuchAlgorithm) {
            throw new IllegalStateException(noSuchAlgorithm);
        }
    }

    /** As a line of {@code ~/.ssh/authorized_keys}. */
    public String publicLine() {
        return TYPE + " " + Base64.getEncoder().encodeToString(publicBlob()) + " " + COMMENT;
    }

    /** In OpenSSH's own format, without a passphrase (PROTOCOL.key in OpenSSH's sources). */
    public String privateText() {
        int check = new SecureRandom().nextInt();
        byte[] secret = bytes(out -> {
            out.writeInt(check);
            out.writeInt(check);
            text(out, TYPE.getBytes(StandardCharsets.US_ASCII));
            text(out, publicKey);
            byte[] both = Arrays.copyOf(seed, 2 * LENGTH);
            System.arraycopy(publicKey, 0, both, LENGTH, LENGTH);
            text(out, both);
            text(out, COMMENT.getBytes(StandardCharsets.US_ASCII));
            for (int pad = 1; out.size() % 8 != 0; pad++) {
                out.writeByte(pad);
            }
        });
        byte[] file = bytes(out -> {
            out.writeBytes("openssh-key-v1\0");
            text(out, "none".getBytes(StandardCharsets.US_ASCII));
            text(out, "none".getBytes(StandardCharsets.US_ASCII));
            text(out, new byte[0]);
            out.writeInt(1);
            text(out, publicBlob());
            text(out, secret);
        });
        String lines = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(file);
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + lines + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }

    private byte[] publicBlob() {
        return bytes(out -> {
            text(out, TYPE.getBytes(StandardCharsets.US_ASCII));
            text(out, publicKey);
        });
    }

    private static void text(DataOutputStream out, byte[] content) throws IOException {
        out.writeInt(content.length);
        out.write(content);
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }
}
