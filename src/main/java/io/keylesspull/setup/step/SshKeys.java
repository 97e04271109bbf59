package io.keylesspull.setup.step;

import io.keylesspull.engine.Failure;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The SSH keys of one run: files the administrator named, and the one made for new machines, which is kept in the
 * run's folder.
 */
public final class SshKeys {

    private final Path newKey;

    /** @param newKey where the key made for new machines is kept, its public half beside it with {@code .pub} */
    public SshKeys(Path newKey) {
        this.newKey = newKey;
    }

    Path newKey() {
        return newKey;
    }

    SshKey load(Path file) throws Failure {
        try {
            return SshKey.load(file);
        } catch (SshException e) {
            throw SshFailures.failure(e);
        }
    }

    SshKey make() throws Failure {
        if (Files.exists(newKey)) {
            return load(newKey);
        }
        SshKey made = SshKey.generate("keyless-pull");
        try {
            Files.createDirectories(newKey.toAbsolutePath().getParent());
            made.save(newKey);
        } catch (IOException e) {
            throw Failure.of("setup.sshKeyNotSaved", String.valueOf(e), newKey.toString());
        }
        return made;
    }
}
