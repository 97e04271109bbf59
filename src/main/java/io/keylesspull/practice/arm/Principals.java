package io.keylesspull.practice.arm;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The directory, as far as the control plane needs it: who can be given a role. */
final class Principals {

    private final Map<String, Principal> byObjectId = new ConcurrentHashMap<>();

    /**
     * @param clientId   empty for people
     * @param resourceId of the identity, or of the machine for a system-assigned one; empty for people
     */
    record Principal(String objectId, String clientId, String type, String resourceId, Instant createdAt) {
    }

    void add(Principal principal) {
        byObjectId.put(principal.objectId(), principal);
    }

    void remove(String objectId) {
        byObjectId.remove(objectId);
    }

    Optional<Principal> find(String objectId) {
        return Optional.ofNullable(byObjectId.get(objectId));
    }
}
