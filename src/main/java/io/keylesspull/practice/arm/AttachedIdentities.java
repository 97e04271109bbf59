package io.keylesspull.practice.arm;

import io.keylesspull.practice.identity.Identities;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which managed identities machines have, for their metadata service: asked from any thread, without the state's
 * lock. An identity that has been deleted no longer counts, though its machines still name it.
 */
final class AttachedIdentities implements Identities {

    private static final Attached NOTHING = new Attached(Optional.empty(), List.of());

    private final Map<String, Attached> byMachine = new ConcurrentHashMap<>();
    private final Principals principals;

    AttachedIdentities(Principals principals) {
        this.principals = principals;
    }

    @Override
    public Attached of(String vmId) {
        Attached attached = byMachine.getOrDefault(key(vmId), NOTHING);
        return new Attached(attached.systemAssigned().filter(this::exists),
                attached.userAssigned().stream().filter(this::exists).toList());
    }

    void set(String vmId, Attached attached) {
        byMachine.put(key(vmId), attached);
    }

    void remove(String vmId) {
        byMachine.remove(key(vmId));
    }

    private boolean exists(Managed identity) {
        return principals.find(identity.principalId()).isPresent();
    }

    private static String key(String vmId) {
        return vmId.toLowerCase(Locale.ROOT);
    }
}
