package io.keylesspull.practice.wire;

import io.keylesspull.time.Time;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;

/**
 * Issues the certificates of one practice cloud's hosts (X.509 version 3 by RFC 5280, ECDSA on P-256). Its private key
 * is in memory only: once the program has ended, nobody can use the certificate for anything. Safe for use by many
 * threads.
 */
final class CertificateAuthority {

    // Clients with a slow clock must not see certificates as not valid yet.
    private static final Duration BEFORE = Duration.ofHours(1);
    private static final Duration VALIDITY = Duration.ofDays(365);
    private static final X500Principal NAME = new X500Principal("CN=Keyless Pull practice cloud");
    // Not the host's name, which may be too long for this field. Clients look for it in the subject alternative name.
    private static final X500Principal SERVER = new X500Principal("CN=Server of the practice cloud");
    private static final byte[] ECDSA_WITH_SHA256 = DerEncoder.sequence(DerEncoder.objectId("1.2.840.10045.4.3.2"));
    private static final int KEY_ID_LENGTH = 20;

    private final SecureRandom random;
    private final Time time;
    private final KeyPair keys;
    private final X509Certificate certificate;

    CertificateAuthority(SecureRandom random, Time time) {
        this.random = random;
        this.time = time;
        this.keys = keyPair();
        // May sign certificates of servers, but not of other authorities.
        this.certificate = sign(
                NAME,
                keys.getPublic(),
                critical("2.5.29.19", DerEncoder.sequence(DerEncoder.isTrue(), DerEncoder.integer(BigInteger.ZERO))),
                critical("2.5.29.15", DerEncoder.bits(1, new byte[] {0b0000_0110})));
    }

    /** What clients have to trust. */
    X509Certificate certificate() {
        return certificate;
    }

    /** The same as PEM text (RFC 7468). */
    String pem() {
        try {
            String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new key pair on P-256. */
    KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server's certificate. @param host its DNS name */
    X509Certificate issue(String host, PublicKey key) {
        return sign(
                SERVER,
                key,
                critical("2.5.29.19", DerEncoder.sequence()),
                critical("2.5.29.15", DerEncoder.bits(7, new byte[] {(byte) 0b1000_0000})),
                extension("2.5.29.37", DerEncoder.sequence(DerEncoder.objectId("1.3.6.1.5.5.7.3.1"))),
                extension(
                        "2.5.29.17",
                        DerEncoder.sequence(DerEncoder.implicit(2, host.getBytes(StandardCharsets.US_ASCII)))));
    }

    private X509Certificate sign(X500Principal subject, PublicKey key, byte[]... extensions) {
        Instant now = time.now();
        byte[] keyId = extension("2.5.29.14", DerEncoder.octets(keyId(key)));
        byte[] issuerId = extension("2.5.29.35", DerEncoder.sequence(DerEncoder.implicit(0, keyId(keys.getPublic()))));
        byte[][] all = Arrays.copyOf(extensions, extensions.length + 2);
        all[extensions.length] = keyId;
        all[extensions.length + 1] = issuerId;
        byte[] contents = DerEncoder.sequence(
                DerEncoder.explicit(0, DerEncoder.integer(BigInteger.TWO)),
                DerEncoder.integer(new BigInteger(127, random).add(BigInteger.ONE)),
                ECDSA_WITH_SHA256,
                NAME.getEncoded(),
                DerEncoder.sequence(DerEncoder.time(now.minus(BEFORE)), DerEncoder.time(now.plus(VALIDITY))),
                subject.getEncoded(),
                key.getEncoded(),
                DerEncoder.explicit(3, DerEncoder.sequence(all)));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate(), random);
            signature.update(contents);
            byte[] signed = DerEncoder.sequence(contents, ECDSA_WITH_SHA256, DerEncoder.bits(0, signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RFC 7093, section 2, the fourth method. */
    private static byte[] keyId(PublicKey key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return Arrays.copyOf(hash, KEY_ID_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] critical(String id, byte[] value) {
        return DerEncoder.sequence(DerEncoder.objectId(id), DerEncoder.isTrue(), DerEncoder.octets(value));
    }

    private static byte[] extension(String id, byte[] value) {
        return DerEncoder.sequence(DerEncoder.objectId(id), DerEncoder.octets(value));
    }
}
