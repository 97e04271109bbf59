package io.keylesspull.azure.model;

/**
 * A container registry that exists.
 *
 * @param loginServer         its host name; never to be built from the name
 * @param publicNetworkAccess whether it answers on the public network at all
 * @param allowsAllNetworks   false where a firewall lets only chosen addresses in
 */
public record RegistryInfo(String id, String name, String resourceGroup, String location, String loginServer,
                           String sku, PermissionMode permissionMode, boolean publicNetworkAccess,
                           boolean allowsAllNetworks) {
}
