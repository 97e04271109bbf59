package io.keylesspull.practice.arm.core;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The principals of the directory that roles can be assigned to. */
public final class Principals {

    private final Map<String, Principal> byObjectId = new ConcurrentHashMap<>();

    /**
     * @param clientId empty for people
     * @param resourceId of the identity, or of the machine for a system-assigned one; empty for people
     */
    public record Principal(String objectId, String clientId, String type, String resourceId, Instant createdAt) {}

    public void add(Principal principal) {
        byObjectId.put(principal.objectId(), principal);
    }

    public void remove(String objectId) {
        byObjectId.remove(objectId);
    }

    public Optional<Principal> find(String objectId) {
        return Optional.ofNullable(byObjectId.get(objectId));
    }
}
