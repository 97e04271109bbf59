package io.keylesspull.remote;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A machine, who signs in to it, and how it is known.
 *
 * @param host           name or address
 * @param port           1 to 65535
 * @param user           the account on the machine
 * @param key            what the user signs in with
 * @param hostKeys       the machine's own keys; no other is accepted, so at least one is of a type that is spoken
 *                       here: ssh-ed25519, ecdsa-sha2-nistp256/384/521 or ssh-rsa
 * @param connectTimeout bounds all of connecting, sign-in included; positive
 */
public record SshTarget(String host, int port, String user, SshKey key, List<HostKey> hostKeys,
                        Duration connectTimeout) {

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
