package io.keylesspull.remote;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accepts the host keys of one machine that are trusted and no others. Uses no file and adds no keys. */
final class PinnedHostKeys implements HostKeyRepository {

    private final SshTarget.Trust trust;
    private volatile io.keylesspull.remote.@Nullable HostKey refused;

    PinnedHostKeys(SshTarget.Trust trust) {
        this.trust = trust;
    }

    /** The key that the server showed instead of a pinned one. */
    Optional<io.keylesspull.remote.HostKey> refused() {
        return Optional.ofNullable(refused);
    }

    @Override
    public int check(String host, byte[] blob) {
        io.keylesspull.remote.HostKey shown = io.keylesspull.remote.HostKey.ofBlob(blob);
        if (accepts(shown)) {
            return OK;
        }
        refused = shown;
        return CHANGED;
    }

    private boolean accepts(io.keylesspull.remote.HostKey shown) {
        if (trust instanceof SshTarget.Trust.Keys pinned) {
            return pinned.keys().contains(shown);
        }
        return trust instanceof SshTarget.Trust.Fingerprint known
                && known.sha256().equals(shown.fingerprint());
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
