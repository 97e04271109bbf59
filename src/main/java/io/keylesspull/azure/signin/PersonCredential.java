package io.keylesspull.azure.signin;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.aad.msal4j.AuthenticationErrorCode;
import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.MsalException;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import io.keylesspull.azure.http.BlockingWork;
import io.keylesspull.azure.model.AzureException;
import java.net.MalformedURLException;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Signs in from the kept tokens, and asks the person only if that is not possible: at the first time, when the sign-in
 * has ended, or if a service asks for more than the last sign-in gave (a claims challenge). Asks one question at a
 * time, however many requests need a token.
 */
final class PersonCredential implements TokenCredential {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Errors of the directory, and MSAL's if it has no token. MSAL4J 1.23.1 has a type for the first alone. */
    private static final Set<String> NEED_A_PERSON = Set.of(
            AuthenticationErrorCode.INVALID_GRANT,
            "interaction_required",
            "login_required",
            "consent_required",
            AuthenticationErrorCode.CACHE_MISS);

    private final PublicClientApplication client;
    private final Prompt prompt;
    private final Supplier<Optional<SignedInAccount>> known;
    private final Consumer<SignedInAccount> remember;
    private final BlockingWork blocking;
    private final Lock asking = new ReentrantLock();

    /**
     * @param known who has signed in earlier
     * @param remember called with who has signed in now
     */
    PersonCredential(
            PublicClientApplication client,
            Prompt prompt,
            Supplier<Optional<SignedInAccount>> known,
            Consumer<SignedInAccount> remember,
            BlockingWork blocking) {
        this.client = client;
        this.prompt = prompt;
        this.known = known;
        this.remember = remember;
        this.blocking = blocking;
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return blocking.run(() -> token(request));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        return getToken(request).block();
    }

    private AccessToken token(TokenRequestContext request)
            throws AzureException, ExecutionException, InterruptedException, MalformedURLException {
        Optional<AccessToken> kept = silently(request);
        if (kept.isPresent()) {
            return kept.get();
        }
        asking.lockInterruptibly();
        try {
            Optional<AccessToken> inTheMeantime = silently(request);
            if (inTheMeantime.isPresent()) {
                return inTheMeantime.get();
            }
            IAuthenticationResult signedIn = prompt.ask(client, request);
            remember.accept(SignedInAccount.of(signedIn.account()));
            return token(signedIn);
        } finally {
            asking.unlock();
        }
    }

    private Optional<AccessToken> silently(TokenRequestContext request)
            throws ExecutionException, InterruptedException, MalformedURLException {
        Optional<SignedInAccount> who = known.get();
        if (who.isEmpty()) {
            return Optional.empty();
        }
        Set<IAccount> kept = Prompt.await(client.getAccounts());
        Optional<IAccount> account = kept.stream().filter(who.get()::is).findFirst();
        if (account.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(token(Prompt.await(client.acquireTokenSilently(parameters(request, account.get())))));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MsalException refused && NEED_A_PERSON.contains(refused.errorCode())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static SilentParameters parameters(TokenRequestContext request, IAccount account) {
        var parameters = SilentParameters.builder(Set.copyOf(request.getScopes()), account)
                .claims(Prompt.claims(request));
        if (request.getClaims() != null) {
            // MSAL4J 1.23.1 does not send the claims when it refreshes a token (AcquireTokenSilentSupplier), so that a
            // challenge would be answered with the kind of token that was refused.
            parameters.extraQueryParameters(Map.of("claims", withCapabilities(request.getClaims())));
        }
        return parameters.build();
    }

    /** The claims, and that we can answer challenges, which MSAL otherwise adds by itself. */
    private static String withCapabilities(String claims) {
        try {
            ObjectNode all = (ObjectNode) JSON.readTree(claims);
            all.withObject("/access_token/xms_cc").putArray("values").add(CredentialFactory.ANSWERS_CHALLENGES);
            return all.toString();
        } catch (JsonProcessingException | ClassCastException notClaims) {
            return claims;
        }
    }

    private static AccessToken token(IAuthenticationResult result) {
        return new AccessToken(
                result.accessToken(), result.expiresOnDate().toInstant().atOffset(ZoneOffset.UTC));
    }
}
