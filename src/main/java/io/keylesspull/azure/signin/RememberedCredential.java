package io.keylesspull.azure.signin;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.AuthenticationRecord;
import com.azure.identity.AuthenticationRequiredException;
import io.keylesspull.azure.http.BlockingWork;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Signs in from the encrypted token cache, and prompts only if that has no token for the account. The two are called in
 * different ways, because azure-identity 1.18.2 reads the cache of an earlier process only in a synchronous call, and
 * can be cancelled only in an asynchronous one. Both share the cache.
 *
 * @param credential never prompts by itself
 * @param prompt prompts, and returns who has signed in
 * @param remember called with who has signed in
 */
record RememberedCredential(
        TokenCredential credential,
        Function<TokenRequestContext, Mono<AuthenticationRecord>> prompt,
        Consumer<AuthenticationRecord> remember,
        BlockingWork blocking)
        implements TokenCredential {

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        TokenRequestContext same = OnePrompt.same(request);
        Mono<AccessToken> silently = blocking.run(() -> credential.getTokenSync(same));
        return silently.onErrorResume(
                AuthenticationRequiredException.class,
                e -> DeviceCodeRace.guard(Mono.defer(() -> prompt.apply(same)))
                        .doOnNext(remember)
                        .then(silently));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        return getToken(request).block();
    }
}
