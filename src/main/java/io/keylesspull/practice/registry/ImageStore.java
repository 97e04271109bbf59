package io.keylesspull.practice.registry;

import java.util.Optional;

/** The images behind the practice registries and Microsoft's public one, as the control plane needs them. */
public interface ImageStore {

    /** Makes the (empty) content of a new registry. */
    void addRegistry(String resourceId, String loginServer, PermissionMode mode);

    void removeRegistry(String loginServer);

    /** @return the digest of {@code repository:tag}, empty where it is not there */
    Optional<String> digest(String loginServer, String repository, String tag);

    /** Copies an image, manifest and blobs, between registries. @throws java.util.NoSuchElementException no such image */
    void copy(String fromLoginServer, String fromRepository, String fromTag,
              String toLoginServer, String toRepository, String toTag);

    /** Makes a small image of its own, with the content this registry, repository and tag alone have. */
    void seed(String loginServer, String repository, String tag);

    /** Opens or locks the data plane: a locked one answers every client with 403. */
    void setPublicAccess(String loginServer, boolean allowed);

    /** How a registry reads role assignments. */
    enum PermissionMode { LEGACY_REGISTRY_PERMISSIONS, ABAC_REPOSITORY_PERMISSIONS }
}
