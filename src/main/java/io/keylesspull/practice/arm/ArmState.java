package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.arm.access.Locks;
import io.keylesspull.practice.arm.core.Access;
import io.keylesspull.practice.arm.core.ArmHook;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.Effects;
import io.keylesspull.practice.arm.core.Guids;
import io.keylesspull.practice.arm.core.Locations;
import io.keylesspull.practice.arm.core.Operations;
import io.keylesspull.practice.arm.core.Principals;
import io.keylesspull.practice.arm.core.Store;
import io.keylesspull.practice.arm.identity.AttachedIdentities;
import io.keylesspull.practice.arm.network.Firewall;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.Clockwork;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.directory.Identities;
import io.keylesspull.practice.directory.Permissions;
import io.keylesspull.time.Time;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the control plane knows: resources, roles, operations under way. Separate from {@link ControlPlane}, since the
 * registries and machines that the control plane works with ask this state themselves. Safe for use by many threads.
 */
public final class ArmState {

    private final ReentrantLock lock = new ReentrantLock();
    private final Base base;
    private final Locks locks = new Locks();

    public ArmState(Pace pace, Time time, RandomGenerator random, String tenantId, ArmHook hook) {
        Clockwork clock = new Clockwork(pace, time);
        Guids guids = new Guids(random);
        Store store = new Store();
        this.base = new Base(store, new Access(clock), new Principals(), new Operations(store, clock, guids, hook),
                new Effects(), new Locations(), hook, guids, clock, tenantId);
    }

    /** Who may do what, by the role assignments that have taken effect. */
    public Permissions permissions() {
        return base.access();
    }

    /** Which identities the machines have. */
    public Identities identities() {
        AttachedIdentities attached = new AttachedIdentities(base);
        return vmId -> alone(() -> attached.of(vmId));
    }

    /** A copy of a resource or group as it is now. @param id compared without case */
    public Optional<JsonNode> resource(String id) {
        return alone(() -> base.store().find(id).map(JsonNode::deepCopy));
    }

    /** Copies of all role assignments, in the order in which they were made. */
    public List<JsonNode> roleAssignments() {
        return alone(() -> base.access().assignments().stream().<JsonNode>map(made -> made.body().deepCopy()).toList());
    }

    /** The ids of all resources and groups, in order. */
    public List<String> resourceIds() {
        return alone(() -> base.store().all().map(Json::id).toList());
    }

    /** Whether the network lets TCP through to a public address, once everything that is due has happened. */
    public boolean admits(String fromAddress, String publicAddress, int port) {
        return alone(() -> new Firewall(base.store(), fromAddress).admits(publicAddress, port));
    }

    Base base() {
        return base;
    }

    Locks locks() {
        return locks;
    }

    /**
     * Does something while nobody else reads or changes the state, after everything that has become due; what it means
     * for the machines happens after that.
     */
    <T> T alone(Supplier<T> work) {
        try {
            lock.lock();
            try {
                base.operations().settle();
                return work.get();
            } finally {
                lock.unlock();
            }
        } finally {
            base.effects().run();
        }
    }
}
