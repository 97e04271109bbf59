package io.keylesspull.azure.signin;

import com.microsoft.aad.msal4j.ITokenCacheAccessAspect;
import com.microsoft.aad.msal4j.ITokenCacheAccessContext;
import io.keylesspull.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A keyring for tests: a plain file, because a test has no keyring of its own. */
final class FileKeyring implements Keyring {

    static final String FILE = "tokens.test";

    @Override
    public Optional<Text> unusable(Path folder) {
        return Optional.empty();
    }

    @Override
    public ITokenCacheAccessAspect open(Path folder) {
        Path file = folder.resolve(FILE);
        return new ITokenCacheAccessAspect() {
            @Override
            public void beforeCacheAccess(ITokenCacheAccessContext access) {
                try {
                    access.tokenCache().deserialize(Files.exists(file) ? Files.readString(file) : "{}");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void afterCacheAccess(ITokenCacheAccessContext access) {
                if (access.hasCacheChanged()) {
                    try {
                        Files.writeString(file, access.tokenCache().serialize());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        };
    }

    @Override
    public void delete(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }
}
