package io.keylesspull.remote;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.Signature;
import io.keylesspull.remote.agent.SshAgent;
import io.keylesspull.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key pair whose private half is known, or is in an SSH agent. The private half goes only to a connection or to its
 * own file.
 */
public final class SshKey {

    private static final int ED25519_BITS = 256;

    private final byte[] file;
    private final HostKey publicKey;
    private final String comment;
    private final Optional<Identity> inAgent;
    private final boolean putty;

    /** @param file the private key, unless an agent has it */
    private SshKey(byte[] file, HostKey publicKey, String comment, Optional<Identity> inAgent, boolean putty) {
        this.file = file;
        this.publicKey = publicKey;
        this.comment = comment;
        this.inAgent = inAgent;
        this.putty = putty;
    }

    /**
     * Creates an Ed25519 key. Azure accepts Ed25519, and RSA of at least 2048 bits, for new machines (Microsoft Learn,
     * "Create and manage SSH keys for authentication to a Linux VM", "Supported SSH key formats"). So does the SSH
     * server of every system that the wizard offers; an image in FIPS mode needs a key of the user's own.
     *
     * @param comment one line, may be empty
     */
    public static SshKey generate(String comment) {
        if (comment.lines().count() > 1 || comment.endsWith("\n")) {
            throw new IllegalArgumentException("a key's comment is one line");
        }
        try {
            KeyPair pair = KeyPair.genKeyPair(new JSch(), KeyPair.ED25519, ED25519_BITS);
            pair.setPublicKeyComment(comment);
            ByteArrayOutputStream pem = new ByteArrayOutputStream();
            pair.writeOpenSSHv1PrivateKey(pem, null);
            SshKey key = new SshKey(
                    pem.toByteArray(), HostKey.ofBlob(pair.getPublicKeyBlob()), comment, Optional.empty(), false);
            pair.dispose();
            return key;
        } catch (JSchException impossible) {
            throw new IllegalStateException("this Java cannot make SSH keys", impossible);
        }
    }

    /**
     * @param privateKey a file with a key in OpenSSH's format, in PEM, PKCS#8 or PuTTY's, without passphrase
     * @throws SshException BAD_KEY if it is missing, unreadable, not an ordinary file, or has no private key of a type
     *     that is known here; ENCRYPTED_KEY if it needs a passphrase
     */
    public static SshKey load(Path privateKey) throws SshException {
        return parse(KeyFiles.read(privateKey), privateKey.toString());
    }

    /**
     * @param file as for {@link #load(Path)}; also a private key with a passphrase or a public key, if an agent has it
     * @throws SshException as {@link #load(Path)}
     */
    public static SshKey load(Path file, SshAgent agent) throws SshException {
        byte[] bytes = KeyFiles.read(file);
        try {
            return parse(bytes, file.toString());
        } catch (SshException locked) {
            HostKey publicKey = KeyFiles.publicHalf(file, bytes).orElseThrow(() -> locked);
            Identity identity = agent.find(publicKey.blob()).orElseThrow(() -> locked);
            if (!Algorithms.knowsKeyType(publicKey.type())) {
                throw bad(Text.of("remote.unsupported-key", file.toString(), publicKey.type()), locked);
            }
            return of(identity, publicKey, PrivateKeyBlock.isPutty(bytes));
        }
    }

    /** The keys with which an agent signs, in its order; without those of a type that is not known here. */
    public static List<SshKey> allIn(SshAgent agent) {
        List<SshKey> keys = new ArrayList<>();
        for (Identity identity : agent.all()) {
            try {
                HostKey publicKey = HostKey.ofBlob(identity.getPublicKeyBlob());
                if (Algorithms.knowsKeyType(publicKey.type())) {
                    keys.add(of(identity, publicKey, false));
                }
            } catch (IllegalArgumentException noKey) {
                // Such as one on a smart card that is not there.
            }
        }
        return keys;
    }

    private static SshKey of(Identity inAgent, HostKey publicKey, boolean putty) {
        String comment = Objects.requireNonNullElse(inAgent.getName(), "");
        return new SshKey(new byte[0], publicKey, comment, Optional.of(inAgent), putty);
    }

    /**
     * Reads a private key that is protected by a passphrase.
     *
     * @param passphrase in UTF-8, as OpenSSH and PuTTY take it
     * @return empty if it is another passphrase
     * @throws SshException BAD_KEY, as {@link #load(Path)}, and if the encryption is not supported here
     */
    public static Optional<SshKey> unlock(Path file, byte[] passphrase) throws SshException {
        PrivateKeyBlock block = PrivateKeyBlock.find(KeyFiles.read(file), file.toString());
        if (!block.encrypted()) {
            return Optional.of(load(file));
        }
        if (block.isEncryptedPkcs8()) {
            try {
                Optional<PrivateKeyBlock> open = block.decryptPkcs8(passphrase);
                return open.isPresent() ? Optional.of(parse(open.get().bytes(), file.toString())) : Optional.empty();
            } catch (GeneralSecurityException | IOException unknown) {
                // JSch may know it.
            }
        }
        try {
            KeyPair pair = KeyPair.load(new JSch(), block.bytes().clone(), null);
            if (!pair.decrypt(passphrase.clone())) {
                return Optional.empty();
            }
            ByteArrayOutputStream open = new ByteArrayOutputStream();
            pair.writeOpenSSHv1PrivateKey(open, null);
            pair.dispose();
            SshKey key = parse(open.toByteArray(), file.toString());
            return Optional.of(new SshKey(key.file, key.publicKey, key.comment, Optional.empty(), block.isPutty()));
        } catch (JSchException | RuntimeException unsupported) {
            // As in parse.
            throw bad(Text.of("remote.unsupported-encryption", file.toString(), block.label()), unsupported);
        }
    }

    /**
     * @param text the private key's text
     * @param name its name in messages
     * @throws SshException BAD_KEY or ENCRYPTED_KEY, as {@link #load}
     */
    public static SshKey parse(String text, String name) throws SshException {
        return parse(text.getBytes(StandardCharsets.UTF_8), name);
    }

    private static SshKey parse(byte[] file, String name) throws SshException {
        PrivateKeyBlock block = PrivateKeyBlock.find(file, name);
        if (block.encrypted()) {
            throw encrypted(name);
        }
        byte[] bytes = Ed25519Pem.toOpenSsh(block).orElse(block.bytes());
        try {
            KeyPair pair = KeyPair.load(new JSch(), bytes.clone(), null);
            if (pair.isEncrypted()) {
                throw encrypted(name);
            }
            byte[] blob = pair.getPublicKeyBlob();
            if (blob == null) {
                throw bad(Text.of("remote.unsupported-key", name, block.label()), null);
            }
            HostKey publicKey = HostKey.ofBlob(blob);
            if (!Algorithms.knowsKeyType(publicKey.type())) {
                throw bad(
                        publicKey.type().equals("ssh-dss")
                                ? Text.of("remote.outdated-key", name)
                                : Text.of("remote.unsupported-key", name, publicKey.type()),
                        null);
            }
            if (!signs(pair, publicKey.type())) {
                throw bad(Text.of("remote.unsupported-key", name, block.label()), null);
            }
            String comment = Objects.requireNonNullElse(pair.getPublicKeyComment(), "");
            pair.dispose();
            return new SshKey(bytes, publicKey, comment, Optional.empty(), block.isPutty());
        } catch (JSchException | RuntimeException malformed) {
            // JSch's parser throws various runtime exceptions for malformed keys.
            throw bad(Text.of("remote.unsupported-key", name, block.label()), malformed);
        }
    }

    /**
     * Whether the two halves belong together. JSch does not look: it takes a key on another curve of 256 bits for one
     * on P-256.
     */
    private static boolean signs(KeyPair pair, String type) {
        String algorithm = type.equals("ssh-rsa") ? "rsa-sha2-256" : type;
        byte[] signed = "keyless-pull".getBytes(StandardCharsets.US_ASCII);
        byte[] signature = pair.getSignature(signed, algorithm);
        Signature verifier = pair.getVerifier(algorithm);
        try {
            verifier.update(signed);
            return signature != null && verifier.verify(signature);
        } catch (Exception wrong) {
            // Declared so by JSch.
            return false;
        }
    }

    private static SshException encrypted(String name) {
        return new SshException(SshException.Kind.ENCRYPTED_KEY, Text.of("remote.encrypted-key", name), null);
    }

    private static SshException bad(Text text, @Nullable Throwable cause) {
        return new SshException(SshException.Kind.BAD_KEY, text, cause);
    }

    /** {@code ssh-ed25519 AAAA… comment}, the format of {@code authorized_keys} and of Azure. */
    public String publicKeyLine() {
        return publicKey.type() + " " + publicKey.base64() + (comment.isEmpty() ? "" : " " + comment);
    }

    /** Whether it was read in PuTTY's format, which OpenSSH does not read. */
    public boolean isPutty() {
        return putty;
    }

    /** {@code ssh-ed25519}, {@code ssh-rsa}, {@code ecdsa-sha2-nistp256}… */
    public String type() {
        return publicKey.type();
    }

    /** The length of an RSA key; 0 if it is another kind of key. */
    public int rsaBits() {
        return publicKey.rsaBits();
    }

    /**
     * Writes the private key, readable by its owner only, and the public key in {@code .pub} beside it. Does nothing if
     * the same key is there already.
     *
     * @throws java.nio.file.FileAlreadyExistsException if another key is there; it is not changed
     */
    public void save(Path file) throws IOException {
        KeyFiles.save(file, this.file, this);
    }

    /** Whether both have the same public half. */
    public boolean isSameAs(SshKey other) {
        return publicKey.equals(other.publicKey);
    }

    HostKey publicKey() {
        return publicKey;
    }

    /** Whether an SSH agent signs with it. */
    boolean isInAgent() {
        return inAgent.isPresent();
    }

    /** Lets connections sign in with it. */
    void offer(JSch jsch, String user) throws JSchException {
        if (inAgent.isPresent()) {
            jsch.addIdentity(inAgent.get(), null);
        } else {
            // A copy, because JSch wipes the array that it gets.
            jsch.addIdentity(user, file.clone(), null, null);
        }
    }

    @Override
    public String toString() {
        return publicKey.type() + " " + publicKey.fingerprint();
    }
}
