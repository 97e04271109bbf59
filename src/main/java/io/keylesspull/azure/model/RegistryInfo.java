package io.keylesspull.azure.model;

/**
 * A container registry that exists.
 *
 * @param loginServer         its host name; it cannot be derived from the name
 * @param publicNetworkAccess whether it can be reached over the public network at all
 * @param allowsAllNetworks   false if a firewall lets in only chosen addresses
 */
public record RegistryInfo(String id, String name, String resourceGroup, String location, String loginServer,
                           String sku, PermissionMode permissionMode, boolean publicNetworkAccess,
                           boolean allowsAllNetworks) {
}
