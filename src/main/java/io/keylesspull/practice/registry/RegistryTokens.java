package io.keylesspull.practice.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.directory.JwtSigner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The registries' own tokens: refresh tokens, valid for three hours, and access tokens, each for certain scopes. */
final class RegistryTokens {

    private static final Duration REFRESH = Duration.ofHours(3);
    private static final Duration ACCESS = Duration.ofMinutes(75);

    private final JwtSigner jwts;

    RegistryTokens(JwtSigner jwts) {
        this.jwts = jwts;
    }

    String refresh(Registry registry, String principalId) {
        return jwts.sign(claims(registry, principalId, "refresh_token"), REFRESH);
    }

    String access(Registry registry, String principalId, List<Scope> granted) {
        ObjectNode claims = claims(registry, principalId, "access_token");
        ArrayNode access = claims.putArray("access");
        for (Scope scope : granted) {
            ArrayNode actions = access.addObject()
                    .put("type", scope.type())
                    .put("name", scope.name())
                    .putArray("actions");
            scope.actions().forEach(actions::add);
        }
        return jwts.sign(claims, ACCESS);
    }

    /** The principal that a refresh token of this registry is for; empty if it is none. */
    Optional<String> principal(Registry registry, String refreshToken) {
        return read(registry, refreshToken, "refresh_token")
                .map(claims -> claims.get("sub").asText());
    }

    /** The scopes of an access token of this registry; empty if it is none. */
    Optional<List<Scope>> granted(Registry registry, String accessToken) {
        return read(registry, accessToken, "access_token").map(claims -> {
            List<Scope> scopes = new ArrayList<>();
            for (JsonNode access : claims.path("access")) {
                Set<String> actions = new HashSet<>();
                access.path("actions").forEach(action -> actions.add(action.asText()));
                scopes.add(new Scope(
                        access.path("type").asText(), access.path("name").asText(), actions));
            }
            return scopes;
        });
    }

    private Optional<JsonNode> read(Registry registry, String token, String kind) {
        return jwts.read(token)
                .filter(claims -> claims.path("grant_type").asText().equals(kind)
                        && claims.path("aud").asText().equals(registry.loginServer()));
    }

    private static ObjectNode claims(Registry registry, String principalId, String kind) {
        return RegistryResponses.object()
                .put("iss", "Azure Container Registry")
                .put("aud", registry.loginServer())
                .put("sub", principalId)
                .put("grant_type", kind);
    }
}
