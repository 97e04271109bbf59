package io.keylesspull.azure.signin;

import com.azure.core.credential.TokenRequestContext;
import com.microsoft.aad.msal4j.ClaimsRequest;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.PublicClientApplication;
import io.keylesspull.azure.model.AzureException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Asks a person to sign in. */
@FunctionalInterface
interface Prompt {

    /**
     * Blocks until the person has signed in.
     *
     * @param client keeps the tokens
     * @throws AzureException NOT_SIGNED_IN or NO_BROWSER
     * @throws ExecutionException caused by MSAL's exception
     */
    IAuthenticationResult ask(PublicClientApplication client, TokenRequestContext request)
            throws AzureException, ExecutionException, InterruptedException;

    /** Waits for MSAL. An interrupt also ends MSAL's work. */
    static <T> T await(CompletableFuture<T> working) throws ExecutionException, InterruptedException {
        try {
            return working.get();
        } catch (InterruptedException e) {
            working.cancel(true);
            throw e;
        }
    }

    /** What a service asks the directory to confirm about a sign-in, such as that it was with a second factor. */
    static @Nullable ClaimsRequest claims(TokenRequestContext request) {
        return Optional.ofNullable(request.getClaims())
                .map(ClaimsRequest::formatAsClaimsRequest)
                .orElse(null);
    }
}
