package io.keylesspull.azure.model;

import java.util.List;
import java.util.Optional;

/**
 * A virtual machine that exists.
 *
 * @param image publisher:offer:sku:version; empty if it was not made from a platform image
 * @param adminUser the admin user given when it was made; may be empty
 * @param systemPrincipalId the system-assigned identity's principal id; empty if that identity is off
 * @param userAssignedIds resource ids of the user-assigned identities it has
 */
public record MachineInfo(
        String id,
        String name,
        String resourceGroup,
        String location,
        String size,
        PowerState power,
        boolean linux,
        String image,
        String adminUser,
        Addresses addresses,
        Optional<String> systemPrincipalId,
        List<String> userAssignedIds) {

    public MachineInfo {
        userAssignedIds = List.copyOf(userAssignedIds);
    }

    /** Its public address; empty if it has none. */
    public Optional<String> publicIp() {
        return addresses.publicIp();
    }

    /** Its private address; empty if it has none yet. */
    public Optional<String> privateIp() {
        return addresses.privateIp();
    }

    /** @param publicIp empty if it has none @param privateIp empty if it has none yet */
    public record Addresses(Optional<String> publicIp, Optional<String> privateIp) {

        public static final Addresses NONE = new Addresses(Optional.empty(), Optional.empty());
    }

    /** Azure's power states that matter here. */
    public enum PowerState {
        RUNNING,
        STARTING,
        STOPPED,
        DEALLOCATED,
        OTHER
    }
}
