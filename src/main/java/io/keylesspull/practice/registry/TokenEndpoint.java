package io.keylesspull.practice.registry;

import io.keylesspull.practice.wire.Parameters;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /oauth2/token}: exchanges a refresh token for an access token, with the requested actions that are allowed;
 * refused if none of them is (Esri/arcgis-gitops#168). Clients of Azure POST the refresh token; Docker may also GET
 * with it as the password of the user with the empty GUID.
 */
final class TokenEndpoint {

    /** What those may do who do not sign in, if anonymous pull is on. */
    private static final Set<String> EVERYBODY = Set.of("pull", "metadata_read");

    private static final String USER = "00000000-0000-0000-0000-000000000000";

    private final ScopePolicy policy;
    private final RegistryTokens tokens;

    TokenEndpoint(ScopePolicy policy, RegistryTokens tokens) {
        this.policy = policy;
        this.tokens = tokens;
    }

    Response handle(Registry registry, Request request) {
        boolean post = request.method().equals("POST");
        Parameters wanted = post ? Parameters.ofForm(request) : Parameters.ofQuery(request);
        List<Scope> scopes = Scope.parse(wanted.all("scope"));
        if (registry.anonymous()) {
            return answer(registry, "anonymous", List.of());
        }
        boolean signedIn = post || request.header("Authorization").isPresent();
        if (registry.anonymousPull() && !signedIn) {
            return answer(registry, "anonymous", ofEverybody(scopes));
        }
        String principal = (post ? posted(wanted) : basic(request))
                .flatMap(token -> tokens.principal(registry, token))
                .orElseThrow(() -> RegistryError.unauthorized(scopes, Map.of()));
        List<Scope> granted = scopes.stream()
                .map(scope -> policy.cut(registry, principal, scope))
                .filter(scope -> !scope.actions().isEmpty())
                .toList();
        if (granted.isEmpty() && !scopes.isEmpty()) {
            throw RegistryError.unauthorized(scopes, Map.of());
        }
        return answer(registry, principal, granted);
    }

    private static List<Scope> ofEverybody(List<Scope> wanted) {
        return wanted.stream()
                .filter(scope -> scope.type().equals(Scope.REPOSITORY))
                .map(scope -> Scope.repository(
                        scope.name(),
                        scope.actions().stream().filter(EVERYBODY::contains).toArray(String[]::new)))
                .toList();
    }

    private Response answer(Registry registry, String principal, List<Scope> granted) {
        return RegistryResponses.json(
                200, RegistryResponses.object().put("access_token", tokens.access(registry, principal, granted)));
    }

    private static Optional<String> posted(Parameters form) {
        return switch (form.get("grant_type").orElse("")) {
            case "refresh_token" -> form.get("refresh_token");
            case "password" ->
                form.get("password")
                        .filter(p -> form.get("username").filter(USER::equals).isPresent());
            default -> throw new RegistryError(400, "BAD_REQUEST", "grant_type must be refresh_token or password");
        };
    }

    private static Optional<String> basic(Request request) {
        try {
            return request.header("Authorization")
                    .filter(header -> header.startsWith("Basic "))
                    .map(header -> new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8))
                    .filter(pair -> pair.startsWith(USER + ":"))
                    .map(pair -> pair.substring(USER.length() + 1));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
