package io.keylesspull.setup.step.connection;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.remote.KnownHosts;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.key.PrivateKeys;
import io.keylesspull.text.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The SSH keys of one run: files the administrator named, the one made for new machines, and the machines' own host
 * keys; the latter two are kept in the run's folder.
 */
public final class SshKeys {

    private final Path newKey;
    private final KnownHosts knownHosts;
    private final PrivateKeys privateKeys;
    private final Optional<Path> passing;

    /** As below, where every key file lasts. */
    public SshKeys(Path newKey, Path knownHosts, PrivateKeys privateKeys) {
        this(newKey, knownHosts, privateKeys, Optional.empty());
    }

    /**
     * @param newKey where the key made for new machines is kept, its public half beside it with {@code .pub}
     * @param knownHosts where the machines' host keys are kept, as {@code ssh} reads them
     * @param privateKeys reads the files that the administrator names
     * @param passing a key file that is gone when the program ends, so that nothing printed names it
     */
    public SshKeys(Path newKey, Path knownHosts, PrivateKeys privateKeys, Optional<Path> passing) {
        this.newKey = newKey;
        this.knownHosts = new KnownHosts(knownHosts);
        this.privateKeys = privateKeys;
        this.passing = passing;
    }

    /** Whether a key file stays when the program ends. */
    public boolean lasts(String file) {
        return passing.filter(Path.of(file)::equals).isEmpty();
    }

    /** Writes a machine's host keys down, so that whoever connects later by hand trusts no others. */
    public void pin(String host, int port, HostKeys keys) throws Failure {
        try {
            knownHosts.pin(host, port, keys.keys());
        } catch (SshException e) {
            throw SshFailures.failure(e);
        } catch (IOException e) {
            throw Failure.of("setup.knownHostsNotSaved", FileErrors.reason(e), host);
        }
    }

    public Path newKey() {
        return newKey;
    }

    public SshKey load(Path file) throws Failure {
        try {
            return privateKeys.load(file);
        } catch (SshException e) {
            throw SshFailures.failure(e);
        }
    }

    /**
     * The keys that {@code ssh} tries if none is named.
     *
     * @throws Failure if there are none
     */
    public OfferedKeys usual() throws Failure {
        List<SshKey> usual = found();
        if (usual.isEmpty()) {
            throw Failure.of("setup.noUsualKey", "");
        }
        return new OfferedKeys(usual);
    }

    /** The same; may be empty. */
    public List<SshKey> found() {
        return privateKeys.usual();
    }

    public SshKey make() throws Failure {
        if (Files.exists(newKey)) {
            return load(newKey);
        }
        SshKey made = SshKey.generate("keyless-pull");
        try {
            made.save(newKey);
        } catch (IOException e) {
            throw Failure.of("setup.sshKeyNotSaved", FileErrors.reason(e), newKey.toString());
        }
        return made;
    }
}
