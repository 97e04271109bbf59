package io.keylesspull.azure.resource;

import com.azure.resourcemanager.compute.models.ResourceIdentityType;
import com.azure.resourcemanager.compute.models.VirtualMachineIdentity;
import com.azure.resourcemanager.compute.models.VirtualMachineIdentityUserAssignedIdentities;
import io.keylesspull.azure.model.MachineIdentity;
import io.keylesspull.azure.model.MachineInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the {@code identity} of requests that create or change a machine. A patch names both kinds of identity in its
 * type. A user-assigned identity that the machine has stays if it is not named, and is removed if it is named with null
 * (Azure's REST reference, "Virtual Machines - Update").
 */
final class IdentityPatches {

    private IdentityPatches() {}

    /** @return empty if the new machine gets no identity */
    static Optional<VirtualMachineIdentity> ofNew(MachineIdentity wanted) {
        List<String> ids = wanted.userAssignedIds();
        return wanted.systemAssigned() || !ids.isEmpty()
                ? Optional.of(identity(type(wanted.systemAssigned(), !ids.isEmpty()), ids))
                : Optional.empty();
    }

    /** Switches the system-assigned identity on. */
    static VirtualMachineIdentity addSystem(MachineInfo machine) {
        return identity(type(true, hasUserAssigned(machine)), List.of());
    }

    /** Switches the system-assigned identity off. */
    static VirtualMachineIdentity removeSystem(MachineInfo machine) {
        return identity(type(false, hasUserAssigned(machine)), List.of());
    }

    /** Adds a user-assigned identity. */
    static VirtualMachineIdentity addUser(MachineInfo machine, String identityId) {
        return identity(type(hasSystem(machine), true), List.of(identityId));
    }

    /** Removes a user-assigned identity. */
    static VirtualMachineIdentity removeUser(MachineInfo machine, String identityId) {
        boolean othersStay =
                machine.identities().userAssignedIds().stream().anyMatch(id -> !ArmId.same(id, identityId));
        Map<String, VirtualMachineIdentityUserAssignedIdentities> removed = new HashMap<>();
        removed.put(identityId, null);
        return new VirtualMachineIdentity()
                .withType(type(hasSystem(machine), othersStay))
                .withUserAssignedIdentities(removed);
    }

    private static boolean hasSystem(MachineInfo machine) {
        return machine.identities().systemPrincipalId().isPresent();
    }

    private static boolean hasUserAssigned(MachineInfo machine) {
        return !machine.identities().userAssignedIds().isEmpty();
    }

    private static VirtualMachineIdentity identity(ResourceIdentityType type, List<String> added) {
        VirtualMachineIdentity identity = new VirtualMachineIdentity().withType(type);
        if (!added.isEmpty()) {
            Map<String, VirtualMachineIdentityUserAssignedIdentities> ids = new HashMap<>();
            added.forEach(id -> ids.put(id, new VirtualMachineIdentityUserAssignedIdentities()));
            identity.withUserAssignedIdentities(ids);
        }
        return identity;
    }

    private static ResourceIdentityType type(boolean system, boolean user) {
        if (system) {
            return user ? ResourceIdentityType.SYSTEM_ASSIGNED_USER_ASSIGNED : ResourceIdentityType.SYSTEM_ASSIGNED;
        }
        return user ? ResourceIdentityType.USER_ASSIGNED : ResourceIdentityType.NONE;
    }
}
