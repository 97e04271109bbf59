package io.keylesspull.azure.model;

/**
 * A container registry that exists.
 *
 * @param loginServer its host name; it cannot be derived from the name
 * @param networkAccess which networks can reach it
 */
public record RegistryInfo(
        String id,
        String name,
        String resourceGroup,
        String location,
        String loginServer,
        String sku,
        PermissionMode permissionMode,
        NetworkAccess networkAccess) {

    /** The registry's public network access, as the portal names it. */
    public enum NetworkAccess {
        ALL,
        /** Only the addresses that its firewall lets in. */
        SELECTED,
        /** Only private endpoints. */
        NONE
    }
}
