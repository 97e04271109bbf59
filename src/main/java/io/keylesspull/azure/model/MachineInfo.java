package io.keylesspull.azure.model;

import java.util.List;
import java.util.Optional;

/**
 * A virtual machine that exists.
 *
 * @param image             publisher:offer:sku:version; empty where it was not made from a platform image
 * @param adminUser         as given when it was made; may be empty
 * @param systemPrincipalId the system-assigned identity's principal id, where that is on
 * @param userAssignedIds   resource ids of the user-assigned identities it has
 */
public record MachineInfo(String id, String name, String resourceGroup, String location, String size,
                          PowerState power, boolean linux, String image, String adminUser,
                          Optional<String> publicIp, Optional<String> privateIp,
                          Optional<String> systemPrincipalId, List<String> userAssignedIds) {

    public MachineInfo {
        userAssignedIds = List.copyOf(userAssignedIds);
    }

    /** Azure's power states, as far as they matter here. */
    public enum PowerState { RUNNING, STARTING, STOPPED, DEALLOCATED, OTHER }
}
