package io.keylesspull.azure.model;

/** Which role assignments a registry honours for its images: Azure's {@code roleAssignmentMode}. */
public enum PermissionMode {
    /** {@code LegacyRegistryPermissions}: AcrPull, AcrPush and the like count. */
    LEGACY,
    /** {@code AbacRepositoryPermissions}: only the repository roles count. */
    ABAC
}
