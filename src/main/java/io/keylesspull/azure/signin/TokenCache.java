package io.keylesspull.azure.signin;

import com.azure.identity.TokenCachePersistenceOptions;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * azure-identity's encrypted token cache: DPAPI on Windows, the keychain on macOS, the keyring by libsecret on Linux.
 * Never a plain file.
 */
final class TokenCache {

    private static final String NAME = "keyless-pull";
    /** A keyring may have to ask its owner for a password first. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private TokenCache() {}

    static TokenCachePersistenceOptions options() {
        return new TokenCachePersistenceOptions().setName(NAME).setUnencryptedStorageAllowed(false);
    }

    /**
     * Tries the keyring by writing, reading and deleting something that is not secret. If there is no keyring,
     * azure-identity would notice only during the sign-in, and fail.
     *
     * @param folder must exist
     * @return why the keyring cannot be used; empty if it can
     */
    static Optional<Text> unusable(Path folder, ExecutorService executor) throws InterruptedException {
        Future<?> trial = executor.submit(() -> {
            // A unique name, because several programs may try at the same time.
            Path file = Files.createTempFile(folder, "keyring", ".trial");
            try {
                attempt(accessor(file));
                return null;
            } finally {
                Files.deleteIfExists(file);
            }
        });
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

    private static void attempt(ICacheAccessor keyring) throws IOException {
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
                : new KeyRingAccessor(
                        file.toString(),
                        "default",
                        "io.keylesspull.trial",
                        "Keyless Pull",
                        "program",
                        NAME,
                        "trial",
                        name);
    }

    private static Text reason(@Nullable Throwable thrown) {
        // JNA throws a LinkageError if the library is missing. Other messages mean nothing to a reader:
        // msal4j-persistence-extension 1.3.0 fails to read the keyring's error.
        return thrown instanceof LinkageError ? Text.of("azure.keyring.library") : Text.of("azure.keyring.refuses");
    }
}
