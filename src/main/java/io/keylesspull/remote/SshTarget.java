package io.keylesspull.remote;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A machine to connect to, with the user, the user's key and the machine's pinned keys.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param user the account on the machine
 * @param key the user's key
 * @param hostKeys the machine's own keys; no other is accepted. At least one must be of a supported type: ssh-ed25519,
 *     ecdsa-sha2-nistp256/384/521 or ssh-rsa
 * @param connectTimeout for connecting and signing in together; positive
 */
public record SshTarget(
        String host, int port, String user, SshKey key, List<HostKey> hostKeys, Duration connectTimeout) {

    public SshTarget {
        Objects.requireNonNull(host);
        Objects.requireNonNull(user);
        Objects.requireNonNull(key);
        hostKeys = List.copyOf(hostKeys);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535, not " + port);
        }
        if (Algorithms.serverHostKey(hostKeys).isEmpty()) {
            throw new IllegalArgumentException("none of the host keys of " + host + " is of a type in use today");
        }
        if (connectTimeout.isZero() || connectTimeout.isNegative()) {
            throw new IllegalArgumentException("a connect timeout is positive, not " + connectTimeout);
        }
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
