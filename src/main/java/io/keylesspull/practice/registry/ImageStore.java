package io.keylesspull.practice.registry;

import java.util.Optional;

/** The images behind the practice registries and Microsoft's public one, as the control plane needs them. */
public interface ImageStore {

    /** Makes the (empty) content of a new registry. */
    void addRegistry(String resourceId, String loginServer, PermissionMode mode);

    void removeRegistry(String loginServer);

    /** @return the image's digest; empty if it is not there */
    Optional<String> digest(RegistryImage image);

    /**
     * Copies an image, its manifest and blobs, between registries.
     *
     * @throws java.util.NoSuchElementException if there is no such image
     */
    void copy(RegistryImage from, RegistryImage to);

    /** Makes a small image of its own, with the content this registry, repository and tag alone have. */
    void seed(RegistryImage image);

    /** Opens or locks the data plane: a locked one answers every client with 403. */
    void setPublicAccess(String loginServer, boolean allowed);

    /** How a registry reads role assignments. */
    enum PermissionMode { LEGACY_REGISTRY_PERMISSIONS, ABAC_REPOSITORY_PERMISSIONS }
}
