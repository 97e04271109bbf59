package io.keylesspull.remote;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A machine to connect to, with the user, the user's keys and the machine's pinned keys.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param user the account on the machine
 * @param keys the user's, offered in this order until the machine takes one; at least one
 * @param trust which host keys are accepted
 * @param connectTimeout for connecting and signing in together; positive
 */
public record SshTarget(String host, int port, String user, List<SshKey> keys, Trust trust, Duration connectTimeout) {

    public SshTarget {
        Objects.requireNonNull(host);
        Objects.requireNonNull(user);
        keys = List.copyOf(keys);
        Objects.requireNonNull(trust);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a machine is opened by at least one key");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535, not " + port);
        }
        if (connectTimeout.isZero() || connectTimeout.isNegative()) {
            throw new IllegalArgumentException("a connect timeout is positive, not " + connectTimeout);
        }
    }

    /** A machine whose host keys are known, for a user with one key. */
    public SshTarget(String host, int port, String user, SshKey key, List<HostKey> hostKeys, Duration connectTimeout) {
        this(host, port, user, List.of(key), new Trust.Keys(hostKeys), connectTimeout);
    }

    /** Which host keys of a machine are accepted; no other is. */
    public sealed interface Trust {

        /**
         * These. At least one must be of a supported type: ssh-ed25519, ecdsa-sha2-nistp256/384/521 or ssh-rsa.
         *
         * @throws IllegalArgumentException if none is
         */
        record Keys(List<HostKey> keys) implements Trust {
            public Keys {
                keys = List.copyOf(keys);
                if (Algorithms.serverHostKey(keys).isEmpty()) {
                    throw new IllegalArgumentException("none of the host keys is of a type in use today");
                }
            }
        }

        /** The one with a fingerprint. @param sha256 such as {@code SHA256:…}, as {@code ssh-keygen -l} prints it */
        record Fingerprint(String sha256) implements Trust {}

        /** None: connecting fails, and the failure names the key that the machine has. */
        record Nothing() implements Trust {}

        /**
         * @param text a public key such as {@code ssh-ed25519 AAAA…}, or a fingerprint such as {@code SHA256:…}
         * @throws IllegalArgumentException if it is neither
         */
        static Trust parse(String text) {
            if (text.startsWith("SHA256:")) {
                if (!text.matches("SHA256:[A-Za-z0-9+/]{43}")) {
                    throw new IllegalArgumentException("a fingerprint is SHA256: and 43 characters in base64");
                }
                return new Fingerprint(text);
            }
            return new Keys(List.of(HostKey.parse(text)));
        }
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
