package io.keylesspull.setup.step.connection;

import io.keylesspull.remote.HostKey;
import java.util.List;
import java.util.stream.Collectors;

/** The public host keys of one machine, read before anyone has connected to it. */
public record HostKeys(List<HostKey> keys) {

    public HostKeys {
        keys = List.copyOf(keys);
    }

    @Override
    public String toString() {
        return keys.stream().map(key -> key.type() + " " + key.fingerprint()).collect(Collectors.joining(", "));
    }
}
