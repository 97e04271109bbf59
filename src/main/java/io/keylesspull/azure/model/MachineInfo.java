package io.keylesspull.azure.model;

import java.util.List;
import java.util.Optional;

/**
 * A virtual machine that exists.
 *
 * @param size such as {@code Standard_B2s_v2}; may be empty
 */
public record MachineInfo(
        String id,
        String name,
        String resourceGroup,
        String location,
        String size,
        PowerState power,
        OsProfile os,
        Addresses addresses,
        Identities identities) {

    /** Its public address; empty if it has none. */
    public Optional<String> publicIp() {
        return addresses.publicIp();
    }

    /** Its private address; empty if it has none yet. */
    public Optional<String> privateIp() {
        return addresses.privateIp();
    }

    /** The same machine, after a change. */
    public MachineInfo withIdentities(Identities now) {
        return new MachineInfo(id, name, resourceGroup, location, size, power, os, addresses, now);
    }

    /**
     * What it was made with.
     *
     * @param image publisher:offer:sku:version; empty if it was not made from a platform image
     * @param adminUser may be empty
     */
    public record OsProfile(boolean linux, String image, String adminUser) {}

    /**
     * The managed identities that it has.
     *
     * @param systemPrincipalId of the system-assigned one; empty if that is off
     * @param userAssignedIds resource ids
     */
    public record Identities(Optional<String> systemPrincipalId, List<String> userAssignedIds) {

        public static final Identities NONE = new Identities(Optional.empty(), List.of());

        public Identities {
            userAssignedIds = List.copyOf(userAssignedIds);
        }
    }

    /**
     * How far the last change of it is.
     *
     * @param identities as they are now
     * @param state Azure's {@code provisioningState}, such as {@code Updating}, {@code Succeeded}, {@code Failed}
     */
    public record LastChange(Identities identities, String state) {

        public boolean hasSucceeded() {
            return state.equalsIgnoreCase("Succeeded");
        }

        public boolean hasFailed() {
            return state.equalsIgnoreCase("Failed") || state.equalsIgnoreCase("Canceled");
        }
    }

    /**
     * Of its first network interface.
     *
     * @param publicIp empty if it has none
     * @param privateIp empty if it has none yet
     * @param subnetId resource id; empty if it is not known
     */
    public record Addresses(Optional<String> publicIp, Optional<String> privateIp, Optional<String> subnetId) {

        public static final Addresses NONE = new Addresses(Optional.empty(), Optional.empty(), Optional.empty());
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
