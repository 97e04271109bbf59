package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.setup.request.RepositoryScope;
import io.keylesspull.setup.request.SetupRequest.Role;
import io.keylesspull.setup.step.RepositoryCondition;
import java.util.List;
import java.util.stream.Stream;

/**
 * The role to grant so that a machine may pull or push, for each of the two permission modes of a registry. Ids:
 * Azure's list of built-in roles; which mode honours which: "Azure ABAC repository permissions" in the Container
 * Registry documentation.
 */
public enum RegistryRole {
    ACR_PULL("AcrPull", "7f951dda-4ed3-4680-a7ca-43fe172d538d"),
    ACR_PUSH("AcrPush", "8311e382-0749-4cb8-b61a-304f252e45ec"),
    REPOSITORY_READER(
            "Container Registry Repository Reader",
            "b93aa761-3e63-49ed-ac28-beffa264f7ac",
            "content/read",
            "metadata/read"),
    REPOSITORY_WRITER(
            "Container Registry Repository Writer",
            "2a1e307c-b015-4ebd-883e-5b7698a07328",
            "content/read",
            "metadata/read",
            "content/write",
            "metadata/write");

    private final String roleName;
    private final String definitionId;
    private final List<String> repositoryActions;

    RegistryRole(String roleName, String definitionId, String... repositoryActions) {
        this.roleName = roleName;
        this.definitionId = definitionId;
        this.repositoryActions = Stream.of(repositoryActions)
                .map("Microsoft.ContainerRegistry/registries/repositories/"::concat)
                .toList();
    }

    /** The condition that limits the role to these repositories; empty if nothing limits it. */
    String condition(RepositoryScope scope) {
        return repositoryActions.isEmpty() ? "" : RepositoryCondition.of(scope, repositoryActions);
    }

    public static RegistryRole of(Role wanted, PermissionMode mode) {
        return switch (wanted) {
            case ACR_PULL -> mode == PermissionMode.ABAC ? REPOSITORY_READER : ACR_PULL;
            case ACR_PUSH -> mode == PermissionMode.ABAC ? REPOSITORY_WRITER : ACR_PUSH;
        };
    }

    public String roleName() {
        return roleName;
    }

    /** The GUID of the built-in role definition, the same in every directory. */
    public String definitionId() {
        return definitionId;
    }
}
