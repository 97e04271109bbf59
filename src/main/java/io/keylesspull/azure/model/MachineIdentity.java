package io.keylesspull.azure.model;

import java.util.List;

/** The identities that a new machine has from the start. @param userAssignedIds their ARM ids */
public record MachineIdentity(boolean systemAssigned, List<String> userAssignedIds) {

    public MachineIdentity {
        userAssignedIds = List.copyOf(userAssignedIds);
    }

    public static MachineIdentity none() {
        return new MachineIdentity(false, List.of());
    }

    public static MachineIdentity system() {
        return new MachineIdentity(true, List.of());
    }

    public static MachineIdentity user(String identityId) {
        return new MachineIdentity(false, List.of(identityId));
    }
}
