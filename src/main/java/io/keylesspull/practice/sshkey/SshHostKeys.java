package io.keylesspull.practice.sshkey;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/** A machine's host keys, of the types that Ubuntu generates at first boot. */
public record SshHostKeys(KeyPair rsa, KeyPair ecdsa, KeyPair ed25519) {

    public static SshHostKeys generate() {
        JdkEdDsaRegistrar.register();
        try {
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(2048);
            KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
            ec.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPairGenerator ed25519 = KeyPairGenerator.getInstance("Ed25519");
            return new SshHostKeys(rsa.generateKeyPair(), ec.generateKeyPair(), ed25519.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make SSH host keys", e);
        }
    }

    public List<KeyPair> all() {
        return List.of(ed25519, ecdsa, rsa);
    }

    /** {@code ssh-ed25519 AAAA…} */
    public String ed25519Line() {
        return PublicKeyEntry.toString(ed25519.getPublic());
    }

    /** The public key files of sshd, by path. */
    public Map<String, String> publicKeyFiles(String hostname) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("/etc/ssh/ssh_host_ecdsa_key.pub", line(ecdsa, hostname));
        files.put("/etc/ssh/ssh_host_ed25519_key.pub", line(ed25519, hostname));
        files.put("/etc/ssh/ssh_host_rsa_key.pub", line(rsa, hostname));
        return files;
    }

    private static String line(KeyPair key, String hostname) {
        return PublicKeyEntry.toString(key.getPublic()) + " root@" + hostname + "\n";
    }
}
