package io.keylesspull.practice.registry;

import io.keylesspull.practice.directory.Caller;
import io.keylesspull.practice.directory.Tokens;
import io.keylesspull.practice.wire.Parameters;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code POST /oauth2/exchange}: exchanges a token of the directory for a refresh token of the registry (Azure/acr,
 * AAD-OAuth).
 */
final class TokenExchange {

    private static final Set<String> AUDIENCES = Set.of(Tokens.ARM, Tokens.CONTAINER_REGISTRY);

    private final Tokens directory;
    private final ScopePolicy policy;
    private final RegistryTokens tokens;

    TokenExchange(Tokens directory, ScopePolicy policy, RegistryTokens tokens) {
        this.directory = directory;
        this.policy = policy;
        this.tokens = tokens;
    }

    Response handle(Registry registry, Request request) {
        Parameters form = Parameters.ofForm(request);
        if (!form.get("grant_type").orElse("").startsWith("access_token")) {
            throw new RegistryError(400, "BAD_REQUEST", "grant_type must be access_token");
        }
        if (!form.get("service").orElse("").equalsIgnoreCase(registry.loginServer())) {
            throw new RegistryError(400, "BAD_REQUEST", "service must be " + registry.loginServer());
        }
        Caller caller = form.get("access_token")
                .flatMap(directory::read)
                .filter(who -> AUDIENCES.contains(who.audience()))
                .filter(who -> policy.admits(registry, who.objectId()))
                .orElseThrow(() -> RegistryError.unauthorized(List.of(), Map.of()));
        return RegistryResponses.json(
                200, RegistryResponses.object().put("refresh_token", tokens.refresh(registry, caller.objectId())));
    }
}
