package io.keylesspull.remote;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accepts the given keys of one machine and no others. Uses no file and adds no keys. */
final class PinnedHostKeys implements HostKeyRepository {

    private final List<io.keylesspull.remote.HostKey> pinned;
    private volatile io.keylesspull.remote.@Nullable HostKey refused;

    PinnedHostKeys(List<io.keylesspull.remote.HostKey> pinned) {
        this.pinned = pinned;
    }

    /** The key that the server showed instead of a pinned one. */
    Optional<io.keylesspull.remote.HostKey> refused() {
        return Optional.ofNullable(refused);
    }

    @Override
    public int check(String host, byte[] blob) {
        if (pinned.stream().anyMatch(key -> Arrays.equals(key.blob(), blob))) {
            return OK;
        }
        refused = io.keylesspull.remote.HostKey.ofBlob(blob);
        return CHANGED;
    }

    @Override
    public void add(HostKey key, UserInfo asked) {
        // The list is fixed.
    }

    @Override
    public void remove(String host, String type) {
        // The list is fixed.
    }

    @Override
    public void remove(String host, String type, byte[] blob) {
        // The list is fixed.
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return "pinned";
    }

    @Override
    public HostKey[] getHostKey() {
        return new HostKey[0];
    }

    @Override
    public HostKey[] getHostKey(String host, String type) {
        return new HostKey[0];
    }
}
