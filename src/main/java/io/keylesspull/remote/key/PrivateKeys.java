package io.keylesspull.remote.key;

import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.agent.SshAgent;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The private keys that the user names. One that was unlocked by its passphrase stays in memory, unlocked, as long as
 * this object; passphrases are not kept. Safe for use by several threads.
 */
public final class PrivateKeys {

    private final SshAgent agent;
    private final Map<Path, SshKey> unlocked = new ConcurrentHashMap<>();

    /** @param agent may have keys that the user names */
    public PrivateKeys(SshAgent agent) {
        this.agent = agent;
    }

    /** No key is unlocked, and no agent asked. */
    public static PrivateKeys fromFilesOnly() {
        return new PrivateKeys(SshAgent.none());
    }

    /** @throws SshException as {@link SshKey#load(Path, SshAgent)} */
    public SshKey load(Path file) throws SshException {
        SshKey open = unlocked.get(file);
        return open == null ? SshKey.load(file, agent) : open;
    }

    /** Whether a file has a key that only its passphrase opens. One that cannot be read for another reason is not. */
    public boolean isLocked(Path file) {
        try {
            load(file);
            return false;
        } catch (SshException unusable) {
            return unusable.kind() == SshException.Kind.ENCRYPTED_KEY;
        }
    }

    /**
     * Unlocks a key, for as long as this object lives.
     *
     * @param passphrase overwritten with zeros
     * @return whether it is the passphrase
     * @throws SshException as {@link SshKey#unlock}
     */
    public boolean unlock(Path file, char[] passphrase) throws SshException {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
        try {
            Optional<SshKey> open = SshKey.unlock(file, bytes);
            open.ifPresent(key -> unlocked.put(file, key));
            return open.isPresent();
        } finally {
            Arrays.fill(passphrase, '\0');
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(encoded.array(), (byte) 0);
        }
    }
}
