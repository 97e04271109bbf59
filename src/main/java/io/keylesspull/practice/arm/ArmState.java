package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.arm.access.Locks;
import io.keylesspull.practice.arm.core.Access;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ArmHook;
import io.keylesspull.practice.arm.core.DeferredEffects;
import io.keylesspull.practice.arm.core.Guids;
import io.keylesspull.practice.arm.core.InterfaceReservations;
import io.keylesspull.practice.arm.core.Locations;
import io.keylesspull.practice.arm.core.Operations;
import io.keylesspull.practice.arm.core.Principals;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.core.SubscriptionLimits;
import io.keylesspull.practice.arm.core.Tenants;
import io.keylesspull.practice.arm.identity.AttachedIdentities;
import io.keylesspull.practice.arm.network.Firewall;
import io.keylesspull.practice.arm.network.RegistryFirewall;
import io.keylesspull.practice.arm.network.WayOut;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.clock.PracticeClock;
import io.keylesspull.practice.directory.AccessCheck;
import io.keylesspull.practice.directory.ManagedIdentities;
import io.keylesspull.practice.registry.RegistryNetwork;
import io.keylesspull.time.Time;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The state of the control plane: resources, roles, operations in progress. Separate from {@link ControlPlane}, since
 * the registries and machines that the control plane needs read this state themselves. Safe for use by many threads.
 */
public final class ArmState {

    private final ReentrantLock lock = new ReentrantLock();
    private final ArmContext context;
    private final Locks locks = new Locks();

    /** @param tenantId the GUID of the directory that subscriptions trust */
    public ArmState(Pace pace, Time time, RandomGenerator random, String tenantId, ArmHook hook) {
        PracticeClock clock = new PracticeClock(pace, time);
        Guids guids = new Guids(random);
        ResourceStore store = new ResourceStore(clock);
        this.context = new ArmContext(
                store,
                new Access(clock),
                new Principals(),
                new Operations(store, clock, guids, hook),
                new DeferredEffects(),
                new InterfaceReservations(clock, hook),
                new Locations(),
                new SubscriptionLimits(),
                hook,
                guids,
                clock,
                new Tenants(tenantId));
    }

    /** The GUID of the directory that a resource's subscription trusts. */
    public String tenantOf(String resourceId) {
        return context.tenants().of(resourceId);
    }

    /** Who may do what, by the role assignments that have taken effect. */
    public AccessCheck permissions() {
        return context.access();
    }

    /** Which identities the machines have. */
    public ManagedIdentities identities() {
        AttachedIdentities attached = new AttachedIdentities(context);
        return vmId -> locked(() -> attached.of(vmId));
    }

    /** A copy of a resource or group as it is now. @param id compared without case */
    public Optional<JsonNode> resource(String id) {
        return locked(() -> context.store().find(id).map(JsonNode::deepCopy));
    }

    /** Copies of all role assignments, in the order in which they were made. */
    public List<JsonNode> roleAssignments() {
        return locked(() -> context.access().assignments().stream()
                .<JsonNode>map(made -> made.body().deepCopy())
                .toList());
    }

    /** The ids of all resources and groups, in order. */
    public List<String> resourceIds() {
        return locked(() -> context.store().all().map(Json::id).toList());
    }

    /** The public address with a domain name, as the directory of names has it; empty if none has it. */
    public Optional<String> addressOf(String host) {
        return locked(() -> context.store()
                .all(ResourceKind.PUBLIC_IP)
                .filter(ip -> ip.at("/properties/dnsSettings/fqdn").asText().equalsIgnoreCase(host))
                .flatMap(ip -> Json.text(ip, "/properties/ipAddress").stream())
                .findFirst());
    }

    /** Whether the network lets TCP connections through to a public address, after all operations that are due. */
    public boolean admits(String fromAddress, String publicAddress, int port) {
        return locked(() -> new Firewall(context.store(), fromAddress).admits(publicAddress, port));
    }

    /** Whether a machine's network lets it reach a host outside. @param machineId ARM id, compared without case */
    public boolean leadsOut(String machineId, String host) {
        return locked(() -> new WayOut(context.store()).leadsTo(host, machineId));
    }

    /** Which clients reach the registries. @param outsideAddress of clients that are no machines */
    public RegistryNetwork registryNetwork(String outsideAddress) {
        return (registryId, request) -> locked(
                () -> new RegistryFirewall(context.store(), outsideAddress).refused(registryId, request.machine()));
    }

    /** The practice cloud's clock, for what happens outside the control plane. */
    public PracticeClock clock() {
        return context.clock();
    }

    ArmContext context() {
        return context;
    }

    Locks locks() {
        return locks;
    }

    /**
     * Runs the work while no other thread reads or changes the state, after all operations that are due; then the
     * effects on machines.
     */
    <T> T locked(Supplier<T> work) {
        try {
            lock.lock();
            try {
                context.operations().settle();
                return work.get();
            } finally {
                lock.unlock();
            }
        } finally {
            context.effects().run();
        }
    }
}
