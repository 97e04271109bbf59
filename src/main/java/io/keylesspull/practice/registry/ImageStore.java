package io.keylesspull.practice.registry;

import java.util.Optional;

/** The content of the practice registries and of Microsoft's public one, as the control plane needs it. */
public interface ImageStore {

    /** Adds an empty registry. */
    void addRegistry(String resourceId, String loginServer, PermissionMode mode);

    void removeRegistry(String loginServer);

    /** Whether everybody may pull from a registry, without a sign-in. At first nobody may. */
    void anonymousPull(String loginServer, boolean allowed);

    /** @return the image's digest; empty if it is not there */
    Optional<String> digest(RegistryImage image);

    /**
     * Copies an image, its manifest and blobs, between registries.
     *
     * @throws java.util.NoSuchElementException if there is no such image
     */
    void copy(RegistryImage from, RegistryImage to);

    /** Adds a small image whose content differs for each registry, repository and tag. */
    void seed(RegistryImage image);

    /** The same for Linux on processors of one architecture alone, such as {@code arm64}. */
    void seedFor(String architecture, RegistryImage image);

    /** How a registry interprets role assignments. */
    enum PermissionMode {
        LEGACY_REGISTRY_PERMISSIONS,
        ABAC_REPOSITORY_PERMISSIONS
    }
}
