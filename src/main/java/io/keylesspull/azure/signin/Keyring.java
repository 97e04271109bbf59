package io.keylesspull.azure.signin;

import com.microsoft.aad.msal4j.ITokenCacheAccessAspect;
import io.keylesspull.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where tokens are kept encrypted after the program ends. */
interface Keyring {

    /**
     * Why tokens cannot be kept; empty if they can.
     *
     * @param folder must exist
     */
    Optional<Text> unusable(Path folder) throws InterruptedException;

    /** @throws IOException if it cannot be opened */
    ITokenCacheAccessAspect open(Path folder) throws IOException;

    /** Removes all tokens; does nothing if there are none. */
    void delete(Path folder) throws IOException;
}
