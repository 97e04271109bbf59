package io.keylesspull.azure.signin;

import com.microsoft.aad.msal4j.ITokenCacheAccessAspect;
import com.microsoft.aad.msal4jextensions.PersistenceSettings;
import com.microsoft.aad.msal4jextensions.PersistenceTokenCacheAccessAspect;
import com.microsoft.aad.msal4jextensions.persistence.CacheFileAccessor;
import com.microsoft.aad.msal4jextensions.persistence.ICacheAccessor;
import com.microsoft.aad.msal4jextensions.persistence.linux.KeyRingAccessor;
import com.microsoft.aad.msal4jextensions.persistence.mac.KeyChainAccessor;
import com.sun.jna.Platform;
import io.keylesspull.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The system's encrypted storage: DPAPI on Windows, the keychain on macOS, the keyring by libsecret on Linux. Never a
 * plain file.
 */
record SystemKeyring(ExecutorService executor) implements Keyring {

    private static final String NAME = "keyless-pull";
    /** On Windows it has the encrypted tokens, elsewhere it is only touched when the tokens change. */
    private static final String FILE = "tokens.bin";

    private static final String COLLECTION = "default";
    private static final String SCHEMA = "io.keylesspull";
    private static final String LABEL = "Keyless Pull";
    /** A keyring may have to ask its owner for a password first. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /**
     * Tries it by writing, reading and deleting something that is not secret. If there is no keyring, the sign-in would
     * otherwise fail in its middle.
     */
    @Override
    public Optional<Text> unusable(Path folder) throws InterruptedException {
        return attempt(() -> {
            // A unique name, because several programs may try at the same time.
            Path file = Files.createTempFile(folder, "keyring", ".trial");
            try {
                tryOut(accessor(file));
                return null;
            } finally {
                Files.deleteIfExists(file);
            }
        });
    }

    @Override
    public ITokenCacheAccessAspect open(Path folder) throws IOException {
        PersistenceSettings.Builder settings = PersistenceSettings.builder(FILE, folder);
        if (Platform.isMac()) {
            settings.setMacKeychain(NAME, FILE);
        } else if (Platform.isLinux()) {
            settings.setLinuxKeyring(COLLECTION, SCHEMA, LABEL, "program", NAME, "tokens", FILE);
        }
        return new PersistenceTokenCacheAccessAspect(settings.build());
    }

    @Override
    public void delete(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return;
        }
        try {
            accessor(file).delete();
        } catch (LinkageError | RuntimeException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
        Files.deleteIfExists(file);
    }

    private Optional<Text> attempt(Callable<@Nullable Void> work) throws InterruptedException {
        Future<?> trial = executor.submit(work);
        try {
            trial.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(reason(e.getCause()));
        } catch (TimeoutException e) {
            return Optional.of(Text.of("azure.keyring.silent", TIMEOUT.toSeconds()));
        } finally {
            trial.cancel(true);
        }
    }

    private static void tryOut(ICacheAccessor keyring) throws IOException {
        byte[] written = "not a secret".getBytes(StandardCharsets.UTF_8);
        keyring.write(written);
        byte[] read = keyring.read();
        keyring.delete();
        if (!Arrays.equals(written, read)) {
            throw new IOException("what was written is not what was read");
        }
    }

    /** The same accessor that msal4j-persistence-extension chooses for the system. */
    private static ICacheAccessor accessor(Path file) {
        String name = file.getFileName().toString();
        if (Platform.isMac()) {
            return new KeyChainAccessor(file.toString(), NAME, name);
        }
        return Platform.isWindows()
                ? new CacheFileAccessor(file.toString())
                : new KeyRingAccessor(file.toString(), COLLECTION, SCHEMA, LABEL, "program", NAME, "tokens", name);
    }

    private static Text reason(@Nullable Throwable thrown) {
        // JNA throws a LinkageError if the library is missing. Other messages mean nothing to a reader:
        // msal4j-persistence-extension 1.3.0 fails to read the keyring's error.
        return thrown instanceof LinkageError ? Text.of("azure.keyring.library") : Text.of("azure.keyring.refuses");
    }
}
