package io.keylesspull.remote;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The SSH algorithms that are offered to a machine, best first: none with SHA-1, CBC or a small group. All are defaults
 * of OpenSSH 8.4 to 9.6 ({@code myproposal.h}), the versions on the systems that new machines can get. Post-quantum key
 * exchanges and ChaCha20 are left out, because JSch needs another library for them on Java 17.
 */
final class Algorithms {

    private static final String KEY_EXCHANGE = String.join(
            ",",
            "curve25519-sha256",
            "curve25519-sha256@libssh.org",
            "ecdh-sha2-nistp256",
            "ecdh-sha2-nistp384",
            "ecdh-sha2-nistp521");
    private static final String CIPHERS = String.join(
            ",", "aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr", "aes192-ctr", "aes128-ctr");
    private static final String MACS = String.join(
            ",", "hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512");
    private static final Map<String, String> SIGNATURES_OF_KEY_TYPE = Map.of(
            "ssh-ed25519", "ssh-ed25519",
            "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521", "ecdsa-sha2-nistp521",
            "ssh-rsa", "rsa-sha2-512,rsa-sha2-256");
    private static final String SIGNATURES = String.join(
            ",",
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "rsa-sha2-512",
            "rsa-sha2-256");

    private static final String SIGNATURES_ONCE = SIGNATURES.replace(",rsa-sha2-256", "");

    private Algorithms() {}

    static boolean knowsKeyType(String type) {
        return SIGNATURES_OF_KEY_TYPE.containsKey(type);
    }

    /**
     * The signature algorithms of the pinned keys, so that the machine shows one of those keys. Empty if there are
     * none.
     */
    static String serverHostKey(List<HostKey> pinned) {
        return pinned.stream()
                .map(HostKey::type)
                .distinct()
                .filter(Algorithms::knowsKeyType)
                .map(SIGNATURES_OF_KEY_TYPE::get)
                .collect(Collectors.joining(","));
    }

    /**
     * A session's settings, with JSch's names.
     *
     * @param keys how many keys the user offers. JSch offers an RSA key once for each of its algorithms, and each offer
     *     counts among those that a server allows; every server that knows one of the two knows both (RFC 8332).
     */
    static Map<String, String> settings(SshTarget.Trust trust, int keys) {
        String serverHostKey = trust instanceof SshTarget.Trust.Keys pinned
                ? serverHostKey(pinned.keys())
                : SIGNATURES; // All: a fingerprint does not say of which type its key is.
        return Map.ofEntries(
                Map.entry("kex", KEY_EXCHANGE),
                Map.entry("cipher.c2s", CIPHERS),
                Map.entry("cipher.s2c", CIPHERS),
                Map.entry("mac.c2s", MACS),
                Map.entry("mac.s2c", MACS),
                Map.entry("compression.c2s", "none"),
                Map.entry("compression.s2c", "none"),
                Map.entry("server_host_key", serverHostKey),
                Map.entry("prefer_known_host_key_types", "no"),
                Map.entry("PubkeyAcceptedAlgorithms", keys == 1 ? SIGNATURES : SIGNATURES_ONCE),
                Map.entry("PreferredAuthentications", "publickey"),
                Map.entry("StrictHostKeyChecking", "yes"));
    }
}
