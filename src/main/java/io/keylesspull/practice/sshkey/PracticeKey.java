package io.keylesspull.practice.sshkey;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/** The SSH key pair (Ed25519) of the administrator of the machines that the practice cloud starts with. */
public final class PracticeKey {

    private static final String COMMENT = "practice";

    private final KeyPair pair;

    private PracticeKey(KeyPair pair) {
        this.pair = pair;
    }

    /** A new one each time: the program contains no key. */
    public static PracticeKey generate() {
        JdkEdDsaRegistrar.register();
        try {
            return new PracticeKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException noSuchAlgorithm) {
            throw new IllegalStateException(noSuchAlgorithm);
        }
    }

    /** As a line of {@code ~/.ssh/authorized_keys}. */
    public String publicLine() {
        return PublicKeyEntry.toString(pair.getPublic()) + " " + COMMENT;
    }

    /** In OpenSSH's own format, without a passphrase. */
    public String privateText() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, COMMENT, null, text);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return text.toString(StandardCharsets.US_ASCII);
    }
}
