package io.keylesspull.azure.signin;

import com.microsoft.aad.msal4j.ITokenCacheAccessAspect;
import com.microsoft.aad.msal4j.ITokenCacheAccessContext;

/** Keeps tokens until the program ends. Safe for use by many threads. */
final class MemoryTokens implements ITokenCacheAccessAspect {

    private String tokens = "";

    @Override
    public synchronized void beforeCacheAccess(ITokenCacheAccessContext access) {
        if (!tokens.isEmpty()) {
            access.tokenCache().deserialize(tokens);
        }
    }

    @Override
    public synchronized void afterCacheAccess(ITokenCacheAccessContext access) {
        if (access.hasCacheChanged()) {
            tokens = access.tokenCache().serialize();
        }
    }

    synchronized void clear() {
        tokens = "";
    }
}
