package io.keylesspull.azure.model;

/** Which roles count for a registry's images: Azure's {@code roleAssignmentMode}. */
public enum PermissionMode {
    /** {@code LegacyRegistryPermissions}: AcrPull, AcrPush and the like count. */
    LEGACY,
    /** {@code AbacRepositoryPermissions}: only the repository roles count. */
    ABAC
}
