package io.keylesspull.practice.registry;

import io.keylesspull.practice.directory.AccessCheck;
import io.keylesspull.practice.registry.ImageStore.PermissionMode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which permissions the actions of a token scope need, in each permission mode. */
final class ScopePolicy {

    private static final String REGISTRIES = "Microsoft.ContainerRegistry/registries/";
    private static final String CATALOG = "catalog";
    private static final Map<String, String> LEGACY = Map.of(
            "pull",
            REGISTRIES + "pull/read",
            "push",
            REGISTRIES + "push/write",
            "delete",
            REGISTRIES + "artifacts/delete",
            "metadata_read",
            REGISTRIES + "pull/read",
            "metadata_write",
            REGISTRIES + "push/write",
            CATALOG,
            REGISTRIES + "pull/read");
    private static final Map<String, String> ABAC = Map.of(
            "pull",
            REGISTRIES + "repositories/content/read",
            "push",
            REGISTRIES + "repositories/content/write",
            "delete",
            REGISTRIES + "repositories/content/delete",
            "metadata_read",
            REGISTRIES + "repositories/metadata/read",
            "metadata_write",
            REGISTRIES + "repositories/metadata/write",
            CATALOG,
            REGISTRIES + "catalog/read");

    private final AccessCheck permissions;

    ScopePolicy(AccessCheck permissions) {
        this.permissions = permissions;
    }

    /** Whether the principal may do anything in the registry. */
    boolean admits(Registry registry, String principalId) {
        return questions(registry).values().stream()
                .distinct()
                .anyMatch(action -> permissions.allows(principalId, action, registry.resourceId()));
    }

    /** The scope, reduced to the actions that are allowed now. */
    Scope cut(Registry registry, String principalId, Scope wanted) {
        Set<String> granted = new TreeSet<>();
        for (String action : wanted.actions()) {
            String key = wanted.type().equals(Scope.REGISTRY) && wanted.name().equals(CATALOG)
                    ? CATALOG
                    : wanted.type().equals(Scope.REPOSITORY) && !action.equals(CATALOG) ? action : "";
            String question = questions(registry).get(key);
            if (question != null && isAllowed(registry, principalId, question, wanted)) {
                granted.add(action);
            }
        }
        return new Scope(wanted.type(), wanted.name(), granted);
    }

    private boolean isAllowed(Registry registry, String principalId, String question, Scope wanted) {
        return wanted.type().equals(Scope.REPOSITORY)
                ? permissions.allowsIn(principalId, question, registry.resourceId(), wanted.name())
                : permissions.allows(principalId, question, registry.resourceId());
    }

    private static Map<String, String> questions(Registry registry) {
        return registry.mode() == PermissionMode.ABAC_REPOSITORY_PERMISSIONS ? ABAC : LEGACY;
    }
}
