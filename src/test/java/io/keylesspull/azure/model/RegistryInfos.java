package io.keylesspull.azure.model;

import io.keylesspull.azure.model.RegistryInfo.Network;
import java.util.List;

/** Registries to begin a test with. */
public final class RegistryInfos {

    private RegistryInfos() {}

    /** Without anonymous pull and without data endpoints, as registries are made. */
    public static RegistryInfo of(
            String id,
            String name,
            String resourceGroup,
            String location,
            String loginServer,
            String sku,
            PermissionMode permissionMode,
            Network network) {
        return new RegistryInfo(
                id, name, resourceGroup, location, loginServer, sku, permissionMode, network, false, List.of());
    }
}
