package io.keylesspull.setup.step.connection;

import io.keylesspull.remote.SshKey;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The keys with which the user signs in to a machine.
 *
 * @param keys in the order in which they are offered; at least one, and exactly one for a machine that the run makes
 */
public record OfferedKeys(List<SshKey> keys) {

    public OfferedKeys {
        keys = List.copyOf(keys);
    }

    /** One that was named, or made. */
    public OfferedKeys(SshKey key) {
        this(List.of(key));
    }

    /** The one that a new machine, or a user without a key that fits, is given. */
    public SshKey first() {
        return keys.get(0);
    }

    /** Their types and fingerprints. */
    @Override
    public String toString() {
        return keys.stream().map(SshKey::toString).collect(Collectors.joining(", "));
    }
}
