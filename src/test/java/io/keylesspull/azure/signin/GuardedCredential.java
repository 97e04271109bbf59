package io.keylesspull.azure.signin;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.identity.DeviceCodeCredentialBuilder;
import com.azure.identity.DeviceCodeInfo;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * A sign-in by device code for tests that do without the product's: it survives the practice directory answering too
 * soon, as the product's does ({@link DeviceCodeRace}).
 */
public final class GuardedCredential implements TokenCredential {

    private final TokenCredential credential;

    private GuardedCredential(TokenCredential credential) {
        this.credential = credential;
    }

    /** @param prompt called with each code */
    public static TokenCredential deviceCode(String tenantId, HttpClient http, Consumer<DeviceCodeInfo> prompt) {
        return of(new DeviceCodeCredentialBuilder()
                .tenantId(tenantId)
                .httpClient(http)
                .challengeConsumer(prompt));
    }

    /** @param signIn with everything set but the guard */
    public static TokenCredential of(DeviceCodeCredentialBuilder signIn) {
        return new GuardedCredential(signIn.build());
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return DeviceCodeRace.guard(Mono.defer(() -> credential.getToken(request)));
    }
}
