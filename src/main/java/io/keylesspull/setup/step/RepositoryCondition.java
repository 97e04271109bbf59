package io.keylesspull.setup.step;

import io.keylesspull.setup.request.RepositoryScope;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The condition that limits a role on a registry with repository permissions to some repositories: for Azure in its
 * language (version 2.0; "Azure ABAC repository permissions" in the Container Registry documentation), for people in
 * words.
 */
public final class RepositoryCondition {

    private static final String REPOSITORIES = "Microsoft.ContainerRegistry/registries/repositories";

    private RepositoryCondition() {}

    /**
     * @param actions that the role allows; on other repositories than these it allows none of them
     * @return empty for all repositories
     */
    public static String of(RepositoryScope scope, List<String> actions) {
        if (scope.isAll()) {
            return "";
        }
        String others = actions.stream()
                .map(action -> "!(ActionMatches{'" + action + "'})")
                .collect(Collectors.joining(" AND "));
        String these =
                scope.patterns().stream().map(RepositoryCondition::comparison).collect(Collectors.joining(" OR "));
        return "((" + others + ") OR (" + these + "))";
    }

    private static String comparison(String pattern) {
        return "@Request[" + REPOSITORIES + ":name] "
                + (RepositoryScope.isPrefix(pattern)
                        ? "StringStartsWithIgnoreCase '" + RepositoryScope.prefix(pattern)
                        : "StringEqualsIgnoreCase '" + pattern)
                + "'";
    }

    /** A role with the repositories that it is limited to; the role alone if it is not limited. */
    public static Text limited(Text role, RepositoryScope scope) {
        return scope.patterns().stream()
                .map(pattern -> RepositoryScope.isPrefix(pattern)
                        ? Text.of("setup.repositories.below", RepositoryScope.prefix(pattern))
                        : Text.of("setup.repositories.one", pattern))
                .reduce((left, right) -> Text.of("setup.repositories.and", left, right))
                .map(these -> Text.of("setup.repositories.only", role, these))
                .orElse(role);
    }
}
