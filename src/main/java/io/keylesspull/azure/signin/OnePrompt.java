package io.keylesspull.azure.signin;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import reactor.core.publisher.Mono;

/**
 * Calls a credential always in the same way: asynchronously and with continuous access evaluation. The credentials that
 * prompt have one cache for each way of calling them, and would prompt a second time for a registry (seen with
 * azure-identity 1.18.2). Only with continuous access evaluation do they fetch a new token if the old one was refused.
 */
final class OnePrompt implements TokenCredential {

    private final TokenCredential credential;

    OnePrompt(TokenCredential credential) {
        this.credential = credential;
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return DeviceCodeRace.guard(Mono.defer(() -> credential.getToken(same(request))));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        return getToken(request).block();
    }

    static TokenRequestContext same(TokenRequestContext request) {
        return new TokenRequestContext()
                .setScopes(request.getScopes())
                .setTenantId(request.getTenantId())
                .setClaims(request.getClaims())
                .setCaeEnabled(true);
    }
}
