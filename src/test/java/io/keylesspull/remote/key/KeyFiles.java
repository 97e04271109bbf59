package io.keylesspull.remote.key;

import io.keylesspull.remote.agent.SshAgent;
import java.util.Map;
import java.util.Optional;

/** Private keys in files. */
public final class KeyFiles {

    private KeyFiles() {}

    /** No key is unlocked, and no agent asked; the user has none but those that are named. */
    public static PrivateKeys only() {
        return new PrivateKeys(SshAgent.of(Map.of(), false), Optional.empty());
    }
}
