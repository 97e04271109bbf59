package io.keylesspull.remote;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Ed25519 keys in PKCS#8 (RFC 8410), as {@code openssl genpkey} writes them. JSch needs another library for those, so
 * they are put into OpenSSH's own format (PROTOCOL.key in its sources).
 */
final class Ed25519Pem {

    private static final int KEY_LENGTH = 32;
    private static final int BLOCK_SIZE = 8;

    private Ed25519Pem() {}

    /** @return the same key as OpenSSH writes it; empty if the block is not such a key */
    static Optional<byte[]> toOpenSsh(PrivateKeyBlock block) {
        if (!block.label().equals(PrivateKeyBlock.PKCS8)) {
            return Optional.empty();
        }
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(block.body()));
            Optional<byte[]> seed = ((EdECPrivateKey) key).getBytes();
            return seed.isEmpty() ? Optional.empty() : Optional.of(openSsh(seed.get(), publicKey(seed.get())));
        } catch (GeneralSecurityException | IllegalArgumentException another) {
            return Optional.empty();
        }
    }

    /**
     * Java has no call for a private key's public half. Its generator takes the private half from the source of
     * randomness as it is (RFC 8032, 5.1.5), which is looked at here.
     */
    private static byte[] publicKey(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
        KeyPair pair = generator.generateKeyPair();
        if (!((EdECPrivateKey) pair.getPrivate())
                .getBytes()
                .filter(made -> Arrays.equals(made, seed))
                .isPresent()) {
            throw new GeneralSecurityException("this Java makes Ed25519 keys in another way");
        }
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - KEY_LENGTH, encoded.length);
    }

    private static byte[] openSsh(byte[] seed, byte[] publicKey) {
        byte[] type = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
        byte[] none = "none".getBytes(StandardCharsets.US_ASCII);
        byte[] both = Arrays.copyOf(seed, 2 * KEY_LENGTH);
        System.arraycopy(publicKey, 0, both, KEY_LENGTH, KEY_LENGTH);
        byte[] publicPart = new Fields().field(type).field(publicKey).bytes();
        // Two equal numbers, by which a wrong passphrase would be seen.
        byte[] privatePart = new Fields()
                .number(1)
                .number(1)
                .field(type)
                .field(publicKey)
                .field(both)
                .field(new byte[0])
                .padded()
                .bytes();
        byte[] whole = new Fields()
                .raw("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII))
                .field(none)
                .field(none)
                .field(new byte[0])
                .number(1)
                .field(publicPart)
                .field(privatePart)
                .bytes();
        String base64 = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(whole);
        return ("-----BEGIN OPENSSH PRIVATE KEY-----\n" + base64 + "\n-----END OPENSSH PRIVATE KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** SSH's encoding of values (RFC 4251, 5). */
    private static final class Fields {

        private final ByteArrayOutputStream all = new ByteArrayOutputStream();

        Fields raw(byte[] value) {
            all.writeBytes(value);
            return this;
        }

        Fields number(int value) {
            try {
                new DataOutputStream(all).writeInt(value);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return this;
        }

        Fields field(byte[] value) {
            return number(value.length).raw(value);
        }

        Fields padded() {
            for (int next = 1; all.size() % BLOCK_SIZE != 0; next++) {
                all.write(next);
            }
            return this;
        }

        byte[] bytes() {
            return all.toByteArray();
        }
    }

    /** Gives out the same bytes. */
    private static final class Fixed extends SecureRandom {

        private static final long serialVersionUID = 1;

        private final byte[] value;

        Fixed(byte[] value) {
            this.value = value.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(value, 0, bytes, 0, Math.min(value.length, bytes.length));
        }
    }
}
