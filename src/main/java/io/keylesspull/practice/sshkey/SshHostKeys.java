package io.keylesspull.practice.sshkey;

import io.keylesspull.time.Once;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.SessionContext;
import org.jspecify.annotations.Nullable;

/**
 * A machine's host keys, of the types that Ubuntu generates at first boot. Each is made when somebody asks for it: an
 * RSA key takes longer than all else of a practice cloud, and few clients want it.
 */
public final class SshHostKeys implements KeyPairProvider {

    private final Once<KeyPair> ed25519 = new Once<>(() -> generate("Ed25519", null));
    private final Once<KeyPair> ecdsa = new Once<>(() -> generate("EC", new ECGenParameterSpec("secp256r1")));
    private final Once<KeyPair> rsa =
            new Once<>(() -> generate("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)));
    private final Map<String, Once<KeyPair>> byType =
            Map.of(SSH_ED25519, ed25519, ECDSA_SHA2_NISTP256, ecdsa, SSH_RSA, rsa);

    private static KeyPair generate(String algorithm, @Nullable AlgorithmParameterSpec parameters) {
        JdkEdDsaRegistrar.register();
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (parameters != null) {
                generator.initialize(parameters);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make SSH host keys", e);
        }
    }

    @Override
    public List<KeyPair> loadKeys(SessionContext session) {
        return byType.values().stream().map(Once::get).toList();
    }

    @Override
    public Set<String> getKeyTypes(SessionContext session) {
        return byType.keySet();
    }

    @Override
    public @Nullable KeyPair loadKey(SessionContext session, String type) {
        Once<KeyPair> key = byType.get(KeyUtils.getCanonicalKeyType(type));
        return key == null ? null : key.get();
    }

    /** {@code ssh-ed25519 AAAA…} */
    public String ed25519Line() {
        return PublicKeyEntry.toString(ed25519.get().getPublic());
    }

    /** The public key files of sshd, by path. */
    public Map<String, String> publicKeyFiles(String hostname) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("/etc/ssh/ssh_host_ecdsa_key.pub", line(ecdsa.get(), hostname));
        files.put("/etc/ssh/ssh_host_ed25519_key.pub", line(ed25519.get(), hostname));
        files.put("/etc/ssh/ssh_host_rsa_key.pub", line(rsa.get(), hostname));
        return files;
    }

    private static String line(KeyPair key, String hostname) {
        return PublicKeyEntry.toString(key.getPublic()) + " root@" + hostname + "\n";
    }
}
