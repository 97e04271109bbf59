package io.keylesspull.practice.directory;

import java.util.List;
import java.util.Set;

/**
 * The scopes of one token request.
 *
 * @param audience what the access token will be for
 * @param granted as the response repeats them, in one string
 */
record RequestedScopes(String audience, String granted) {

    private static final String GRAPH = "https://graph.microsoft.com";
    private static final Set<String> OPENID = Set.of("openid", "profile", "email", "offline_access");
    private static final Set<String> AUDIENCES =
            Set.of(Tokens.ARM, Tokens.CONTAINER_REGISTRY, Tokens.KUBERNETES, GRAPH);

    /** @param requested separated by blanks. @throws SignInError for an audience that the directory does not know */
    static RequestedScopes parse(String requested, String tenant) {
        List<String> resources = List.of(requested.trim().split("\\s+")).stream()
                .filter(scope -> !scope.isEmpty() && !OPENID.contains(scope))
                .toList();
        if (resources.isEmpty()) {
            return new RequestedScopes(GRAPH, requested.trim());
        }
        String first = resources.get(0);
        // The audience is everything before the last slash: https://management.core.windows.net//.default asks for the
        // audience https://management.core.windows.net/.
        String audience = Tokens.audience(first.substring(0, Math.max(0, first.lastIndexOf('/'))));
        if (!AUDIENCES.contains(audience)) {
            throw SignInError.unknownResource(first, tenant);
        }
        return new RequestedScopes(audience, String.join(" ", resources));
    }
}
