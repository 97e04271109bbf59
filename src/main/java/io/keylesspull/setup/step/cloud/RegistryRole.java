package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.setup.request.SetupRequest.Role;

/**
 * The role to grant so that a machine may pull or push, for each of the two permission modes of a registry. Ids:
 * Azure's list of built-in roles; which mode honours which: "Azure ABAC repository permissions" in the Container
 * Registry documentation.
 */
public enum RegistryRole {
    ACR_PULL("AcrPull", "7f951dda-4ed3-4680-a7ca-43fe172d538d"),
    ACR_PUSH("AcrPush", "8311e382-0749-4cb8-b61a-304f252e45ec"),
    REPOSITORY_READER("Container Registry Repository Reader", "b93aa761-3e63-49ed-ac28-beffa264f7ac"),
    REPOSITORY_WRITER("Container Registry Repository Writer", "2a1e307c-b015-4ebd-883e-5b7698a07328");

    private final String roleName;
    private final String definitionId;

    RegistryRole(String roleName, String definitionId) {
        this.roleName = roleName;
        this.definitionId = definitionId;
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
