package io.keylesspull.setup.step.connection;

import io.keylesspull.remote.SshKey;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The keys with which the user signs in to a machine.
 *
 * @param keys in the order in which they are offered; exactly one for a machine that the run makes; empty: there are
 *     none, and the way to the machine is open, so that Run Command is used
 */
public record OfferedKeys(List<SshKey> keys) {

    public OfferedKeys {
        keys = List.copyOf(keys);
    }

    /** One that was named, or made. */
    public OfferedKeys(SshKey key) {
        this(List.of(key));
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whether the first is in the format of PuTTY. */
    public boolean isPutty() {
        return !keys.isEmpty() && first().isPutty();
    }

    /** The one that a new machine, or a user without a key that fits, is given. Not to be called if there are none. */
    public SshKey first() {
        return keys.get(0);
    }

    /** Their types and fingerprints. */
    @Override
    public String toString() {
        return keys.stream().map(SshKey::toString).collect(Collectors.joining(", "));
    }
}
