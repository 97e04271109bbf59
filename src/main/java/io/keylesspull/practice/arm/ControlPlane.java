package io.keylesspull.practice.arm;

import io.keylesspull.practice.arm.access.RoleAssignmentHandler;
import io.keylesspull.practice.arm.cluster.ContainerServiceProvider;
import io.keylesspull.practice.arm.compute.ComputeProvider;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.BuiltInRole;
import io.keylesspull.practice.arm.core.Principals;
import io.keylesspull.practice.arm.core.ResourceProvider;
import io.keylesspull.practice.arm.core.SubscriptionLimits;
import io.keylesspull.practice.arm.identity.ManagedIdentityProvider;
import io.keylesspull.practice.arm.network.NetworkProvider;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmCallReader;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.registry.RegistryProvider;
import io.keylesspull.practice.clock.PracticeClock;
import io.keylesspull.practice.cluster.Clusters;
import io.keylesspull.practice.directory.PracticeTenant;
import io.keylesspull.practice.directory.Tokens;
import io.keylesspull.practice.machine.Hypervisor;
import io.keylesspull.practice.registry.ImageStore;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Azure Resource Manager as {@code management.azure.com} answers. Safe for use by many threads. */
public final class ControlPlane {

    private static final String OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
    private static final String AUTHORITY = "https://login.microsoftonline.com/";
    private static final List<String> REGISTERED = List.of(
            "Microsoft.Compute",
            "Microsoft.ContainerRegistry",
            "Microsoft.ContainerService",
            "Microsoft.ManagedIdentity",
            "Microsoft.Network");

    private final ArmState state;
    private final ArmCallReader calls;
    private final Subscriptions subscriptions;
    private final ProviderRegistrations registrations;
    private final Router router;
    private final Throttle throttle;
    private final ComputeThrottle compute;

    ControlPlane(ArmState state, Tokens tokens, List<ResourceProvider> providers) {
        ArmContext context = state.context();
        this.state = state;
        this.calls = new ArmCallReader(tokens);
        this.subscriptions = new Subscriptions(context);
        this.registrations = new ProviderRegistrations(context.locations(), context.access(), context.clock());
        this.throttle = new Throttle(context.clock());
        this.compute = new ComputeThrottle(context);
        this.router = new Router(state, subscriptions, registrations, providers, compute);
    }

    /**
     * @param images the content of its registries
     * @param hypervisor of its virtual machines
     * @param clusters of Kubernetes
     */
    public static ControlPlane of(
            ArmState state, Tokens tokens, ImageStore images, Hypervisor hypervisor, Clusters clusters) {
        ArmContext context = state.context();
        ComputeProvider compute = new ComputeProvider(context, hypervisor);
        return new ControlPlane(
                state,
                tokens,
                List.of(
                        new ManagedIdentityProvider(context),
                        new RegistryProvider(context, images),
                        new ContainerServiceProvider(context, clusters, tokens),
                        new NetworkProvider(context, compute::isRunning),
                        compute,
                        compute.marketplace()));
    }

    /** Adds a subscription in which a setup has run before, so that the providers it needs are registered. */
    public void addSubscription(String id, String displayName, List<Owner> owners) {
        addUnusedSubscription(id, displayName, owners);
        state.locked(() -> {
            REGISTERED.forEach(namespace -> registrations.register(id, namespace));
            return null;
        });
    }

    /** Adds a subscription in which no resource provider is registered. @param owners get the role Owner there */
    public void addUnusedSubscription(String id, String displayName, List<Owner> owners) {
        state.locked(() -> {
            subscriptions.add(id, displayName);
            owners.forEach(owner -> grant(owner, OWNER, "/subscriptions/" + id));
            return null;
        });
    }

    /** Adds a directory. The user's own comes first. */
    public void addTenant(PracticeTenant tenant) {
        state.locked(() -> {
            subscriptions.add(tenant);
            return null;
        });
    }

    /** Adds a subscription of another directory than the first. @param tenant the user's account there owns it */
    public void addSubscription(String id, String displayName, PracticeTenant tenant) {
        state.context().tenants().put(id, tenant.id());
        addSubscription(id, displayName, List.of(new Owner(tenant.account().objectId(), "")));
    }

    /**
     * Adds a subscription with somebody who is not its owner.
     *
     * @param role display name of a built-in role
     */
    public void addSubscription(String id, String displayName, List<Owner> owners, Owner other, String role) {
        addSubscription(id, displayName, owners);
        state.locked(() -> {
            String guid = state.context().access().roles().stream()
                    .filter(built -> built.name().equals(role))
                    .findFirst()
                    .orElseThrow()
                    .guid();
            grant(other, guid, "/subscriptions/" + id);
            return null;
        });
    }

    /** Sets what a subscription may not have. */
    public void limit(Consumer<SubscriptionLimits> change) {
        state.locked(() -> {
            change.accept(state.context().limits());
            return null;
        });
    }

    /** Ends the time in which everything happens at once and 30 days ago: see {@link PracticeClock}. */
    public void open() {
        state.context().clock().open();
    }

    /** Lets something happen as before {@link #open}. */
    public void before(Runnable what) {
        state.context().clock().before(what);
    }

    ArmState state() {
        return state;
    }

    Router router() {
        return router;
    }

    /** Answers a request; an error is a response, too. */
    public Response handle(Request request) {
        ArmReply reply = reply(request);
        if (reply.status() == 401) {
            reply = reply.with(Map.of(
                    "WWW-Authenticate",
                    "Bearer authorization_uri=\"" + AUTHORITY
                            + state.tenantOf(String.valueOf(request.uri().getPath())) + "\", error=\"invalid_token\""));
        }
        String id = state.locked(state.context().guids()::next);
        return reply.with(Map.of("x-ms-request-id", id, "x-ms-correlation-request-id", id))
                .response();
    }

    private ArmReply reply(Request request) {
        ArmCall call;
        try {
            call = calls.read(request);
        } catch (ArmError unreadable) {
            return unreadable.reply();
        }
        try {
            return answer(call);
        } catch (ArmError refusal) {
            state.context().hook().refused(call, refusal);
            return refusal.reply();
        }
    }

    private ArmReply answer(ArmCall call) {
        CallResult answer = state.locked(() -> {
            subscriptions.requireTenant(call);
            throttle.count(call);
            compute.count(call);
            return answered(call, router.answer(call));
        });
        if (answer instanceof CallResult.Work work) {
            ArmReply done = work.unlocked().get();
            return (ArmReply) state.locked(() -> answered(call, work.locked().apply(done)));
        }
        return (ArmReply) answer;
    }

    private CallResult answered(ArmCall call, CallResult answer) {
        if (answer instanceof ArmReply reply) {
            compute.began(call, reply);
        }
        return answer;
    }

    private void grant(Owner owner, String roleId, String scope) {
        ArmContext context = state.context();
        String type = owner.clientId().isEmpty() ? "User" : "ServicePrincipal";
        context.principals()
                .add(new Principals.Principal(
                        owner.objectId(),
                        owner.clientId(),
                        type,
                        "",
                        context.clock().now()));
        BuiltInRole role = context.access().role(roleId).orElseThrow();
        String guid = UUID.nameUUIDFromBytes((scope + owner.objectId()).getBytes(StandardCharsets.UTF_8))
                .toString();
        context.access()
                .add(RoleAssignmentHandler.assignment(
                        context,
                        scope + "/providers/Microsoft.Authorization/roleAssignments/" + guid,
                        scope,
                        role,
                        owner.objectId(),
                        type,
                        owner.objectId()));
    }

    /** @param clientId of an application; empty for a person */
    public record Owner(String objectId, String clientId) {}
}
