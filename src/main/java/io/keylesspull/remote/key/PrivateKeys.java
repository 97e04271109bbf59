package io.keylesspull.remote.key;

import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.agent.SshAgent;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The private keys that the user names, and those that the user has. One that was unlocked by its passphrase stays in
 * memory, unlocked, as long as this object; passphrases are not kept. Safe for use by several threads.
 */
public final class PrivateKeys {

    /** Most servers end a connection at the sixth key that they do not know (sshd_config(5), MaxAuthTries). */
    private static final int MOST_OFFERED = 5;

    private static final List<String> USUAL = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    private final SshAgent agent;
    private final Optional<Path> sshFolder;
    private final Map<Path, SshKey> unlocked = new ConcurrentHashMap<>();

    /**
     * @param agent may have keys that the user names
     * @param sshFolder where the user's SSH client looks for keys, which need not exist; empty: the user has none there
     */
    public PrivateKeys(SshAgent agent, Optional<Path> sshFolder) {
        this.agent = agent;
        this.sshFolder = sshFolder;
    }

    /** @throws SshException as {@link SshKey#load(Path, SshAgent)} */
    public SshKey load(Path file) throws SshException {
        SshKey open = unlocked.get(file);
        return open == null ? SshKey.load(file, agent) : open;
    }

    /**
     * The keys that {@code ssh} tries if none is named: those of the agent, then the user's own files that can be used
     * and are not locked. Each once, and no more than a server lets a user try; may be empty.
     */
    public List<SshKey> usual() {
        List<SshKey> keys = new ArrayList<>();
        SshKey.allIn(agent).forEach(key -> add(keys, key));
        for (String name : sshFolder.isPresent() ? USUAL : List.<String>of()) {
            try {
                add(keys, load(sshFolder.get().resolve(name)));
            } catch (SshException unusable) {
                // ssh goes on with the next one, too.
            }
        }
        return keys.subList(0, Math.min(keys.size(), MOST_OFFERED));
    }

    private static void add(List<SshKey> keys, SshKey key) {
        if (keys.stream().noneMatch(key::isSameAs)) {
            keys.add(key);
        }
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
