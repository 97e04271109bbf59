package io.keylesspull.azure.http;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import io.keylesspull.time.Time;
import reactor.core.publisher.Mono;

/**
 * Adds the bearer token to requests. If the control plane refuses the token, a new one is fetched and the request is
 * sent once more: the computer's clock can be wrong, and a session can be ended in the directory. The SDK's policy does
 * this only if the response has a claims challenge (azure-core 1.57.1).
 */
public final class FreshToken extends BearerTokenAuthenticationPolicy {

    private final String scope;
    private final Time time;

    FreshToken(TokenCredential credential, String scope, Time time) {
        super(credential, scope);
        this.scope = scope;
        this.time = time;
    }

    @Override
    public Mono<Boolean> authorizeRequestOnChallenge(HttpPipelineCallContext context, HttpResponse response) {
        return super.authorizeRequestOnChallenge(context, response)
                .flatMap(done -> done ? Mono.just(true) : renew(context));
    }

    /** If many requests are refused at once, the first one fetches a token and the others use it. */
    private Mono<Boolean> renew(HttpPipelineCallContext context) {
        String refused = authorization(context);
        return authorizeRequest(context).then(Mono.defer(() -> {
            if (!authorization(context).equals(refused)) {
                return Mono.just(true);
            }
            TokenRequestContext newer = new TokenRequestContext()
                    .addScopes(scope)
                    .setCaeEnabled(true)
                    .setClaims(newerThan(refused));
            return setAuthorizationHeader(context, newer).thenReturn(true);
        }));
    }

    /**
     * The claim with which a service asks for a newer token (Microsoft Learn, "How to use Continuous Access Evaluation
     * enabled APIs"). With claims, MSAL does not answer from its cache. If the same token is refused twice, the claim
     * is the same, so that only one new token is fetched.
     */
    private String newerThan(String authorization) {
        String token = authorization.replaceFirst("^Bearer ", "");
        long issued = TokenClaims.issuedAt(token).orElseGet(() -> time.now().getEpochSecond());
        return "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"" + (issued + 1) + "\"}}}";
    }

    private static String authorization(HttpPipelineCallContext context) {
        return SdkValues.orEmpty(context.getHttpRequest().getHeaders().getValue(HttpHeaderName.AUTHORIZATION));
    }
}
