package io.keylesspull.practice.directory;

import java.util.List;
import java.util.Optional;

/** Which managed identities a machine has at this moment. */
@FunctionalInterface
public interface ManagedIdentities {

    /** @param vmId ARM id, compared without case. @return without identities if the machine is unknown */
    Attached of(String vmId);

    /** The identities of one machine. */
    record Attached(Optional<Managed> systemAssigned, List<Managed> userAssigned) {

        public Attached {
            userAssigned = List.copyOf(userAssigned);
        }
    }

    /**
     * One managed identity.
     *
     * @param resourceId ARM id of the user-assigned identity, or of the machine for its system-assigned one
     * @param clientId GUID of its application
     * @param principalId object id of its service principal
     */
    record Managed(String resourceId, String clientId, String principalId) {}
}
