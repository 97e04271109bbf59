package io.keylesspull.practice.registry;

import io.keylesspull.practice.wire.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets requests through that carry a sufficient token, and tells all others which token they need. */
final class BearerChallenge {

    private static final String BEARER = "Bearer ";

    private final RegistryTokens tokens;

    BearerChallenge(RegistryTokens tokens) {
        this.tokens = tokens;
    }

    /** Demands any token of this registry. @throws RegistryError 401 */
    void requireSignedIn(Registry registry, Request request) {
        if (registry.anonymous()) {
            requireAnyToken(registry, request, Optional.empty());
        } else if (granted(registry, request).isEmpty()) {
            throw RegistryError.unauthorized(List.of(), header(registry, Optional.empty(), false));
        }
    }

    /** Demands a token with one of the actions of this scope. @throws RegistryError 401 */
    void require(Registry registry, Request request, Scope needed) {
        if (registry.anonymous()) {
            requireAnyToken(registry, request, Optional.of(needed));
            if (needed.actions().contains("push") || needed.actions().contains("delete")) {
                throw RegistryError.denied();
            }
            return;
        }
        Optional<List<Scope>> granted = granted(registry, request);
        if (granted.isEmpty()) {
            throw RegistryError.unauthorized(List.of(needed), header(registry, Optional.of(needed), false));
        }
        boolean enough = granted.get().stream()
                .filter(scope ->
                        scope.type().equals(needed.type()) && scope.name().equals(needed.name()))
                .anyMatch(scope -> scope.actions().stream().anyMatch(needed.actions()::contains));
        if (!enough) {
            throw RegistryError.unauthorized(List.of(needed), header(registry, Optional.of(needed), true));
        }
    }

    /** As Docker Hub does: everybody gets a token, and with one an image that does not exist is refused, not missed. */
    private static void requireAnyToken(Registry registry, Request request, Optional<Scope> needed) {
        boolean refused = registry.tokenServer().isPresent()
                && (request.header("Authorization").isEmpty()
                        || needed.filter(scope -> registry.find(scope.name()).isEmpty())
                                .isPresent());
        if (refused) {
            throw RegistryError.unauthorized(needed.stream().toList(), header(registry, needed, false));
        }
    }

    private Optional<List<Scope>> granted(Registry registry, Request request) {
        return request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .flatMap(value -> tokens.granted(
                        registry, value.substring(BEARER.length()).trim()));
    }

    private static Map<String, String> header(Registry registry, Optional<Scope> scope, boolean tooLittle) {
        Registry.TokenServer server = registry.tokenServer()
                .orElseGet(() -> new Registry.TokenServer(
                        "https://" + registry.loginServer() + "/oauth2/token", registry.loginServer()));
        return Map.of(
                "WWW-Authenticate",
                "Bearer realm=\"" + server.realm() + "\",service=\"" + server.service() + "\""
                        + scope.map(needed -> ",scope=\"" + needed + "\"").orElse("")
                        + (tooLittle ? ",error=\"insufficient_scope\"" : ""));
    }
}
