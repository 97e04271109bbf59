package io.keylesspull.azure.signin;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import reactor.core.publisher.Mono;

/** A sign-in by device code that survives the practice directory answering too soon: {@link DeviceCodeRace}. */
public record GuardedCredential(TokenCredential credential) implements TokenCredential {

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return DeviceCodeRace.guard(Mono.defer(() -> credential.getToken(request)));
    }
}
