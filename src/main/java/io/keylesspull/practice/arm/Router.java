package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.access.Locks;
import io.keylesspull.practice.arm.access.RoleAssignmentHandler;
import io.keylesspull.practice.arm.access.RoleDefinitionHandler;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceProvider;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.arm.scaleset.ScaleSetType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Finds the handler of a call. */
final class Router {

    private final ArmContext context;
    private final Locks locks;
    private final Subscriptions subscriptions;
    private final ProviderRegistrations registrations;
    private final ResourceGroupHandler groups;
    private final RoleAssignmentHandler assignments;
    private final RoleDefinitionHandler definitions;
    private final PolicyHandler policies;
    private final DeploymentHandler deployments;
    private final Map<String, ResourceHandler> handlers = new HashMap<>();
    private final Map<String, ResourceProvider> providers = new HashMap<>();

    Router(
            ArmState state,
            Subscriptions subscriptions,
            ProviderRegistrations registrations,
            List<ResourceProvider> providers,
            ComputeThrottle compute) {
        ArmContext context = state.context();
        this.context = context;
        this.locks = state.locks();
        this.subscriptions = subscriptions;
        this.registrations = registrations;
        Map<String, ResourceType> types = new HashMap<>();
        for (ResourceProvider provider : providers) {
            this.providers.put(provider.namespace().toLowerCase(Locale.ROOT), provider);
            for (ResourceType type : provider.types()) {
                types.put(type.kind().key(), type);
                handlers.put(type.kind().key(), new ResourceHandler(type, context, registrations));
            }
        }
        if (types.containsKey(ResourceKind.MACHINE.key())) {
            ResourceType sets = new ScaleSetType(context, types, this::answer);
            types.put(sets.kind().key(), sets);
            handlers.put(sets.kind().key(), new ResourceHandler(sets, context, registrations));
        }
        this.groups = new ResourceGroupHandler(context, types);
        this.assignments = new RoleAssignmentHandler(context);
        this.definitions = new RoleDefinitionHandler(context);
        this.policies = new PolicyHandler(context);
        this.deployments = new DeploymentHandler(context, types, registrations, call -> {
            if (call.is("PUT")) {
                compute.count(call);
            }
            return answer(call);
        });
    }

    CallResult answer(ArmCall asked) {
        ArmCall call = DeploymentHandler.canonical(asked);
        if (call.target().subscription().isPresent()) {
            subscriptions.requireExisting(call);
        }
        boolean deployment = DeploymentHandler.isMeant(call.target());
        Optional<ArmReply> polled =
                deployment ? Optional.empty() : context.operations().poll(call);
        if (polled.isPresent()) {
            return polled.get();
        }
        if (PolicyHandler.isMeant(call.target())) {
            return policies.check(call);
        }
        locks.require(call);
        context.limits().require(call);
        context.hook().check(call);
        if (deployment) {
            return deployments.handle(call);
        }
        return call.target().namespace().isPresent()
                ? provided(call, call.target().namespace().get())
                : core(call);
    }

    /**
     * Removes a resource, a group with everything in it, or a role assignment at once, without any check.
     *
     * @throws NoSuchElementException if there is none with this id
     */
    void drop(String id) {
        if (context.access().remove(id)) {
            return;
        }
        ObjectNode resource = context.store()
                .find(id)
                .orElseThrow(() -> new NoSuchElementException("there is nothing with the id " + id));
        if (ResourceKind.GROUP.isOf(resource)) {
            groups.drop(resource);
        } else {
            groups.dropOne(resource);
        }
    }

    /** Calls to ARM itself, not to a resource provider. */
    private CallResult core(ArmCall call) {
        RequestPath target = call.target();
        String path = String.join("/", target.tail()).toLowerCase(Locale.ROOT);
        if (target.group().isPresent()) {
            return switch (path) {
                case "" -> groups.one(call);
                case "resources" -> groups.resources(get(call));
                default -> throw unknown(call);
            };
        }
        if (target.subscription().isPresent()) {
            return switch (path) {
                case "" -> subscriptions.one(get(call));
                case "locations" -> subscriptions.locations(get(call));
                case "providers" -> registrations.handle(get(call));
                case "resourcegroups" -> groups.list(get(call));
                case "resources" -> groups.resources(get(call));
                default -> throw unknown(call);
            };
        }
        return switch (path) {
            case "tenants" -> subscriptions.tenants(get(call));
            case "subscriptions" -> subscriptions.list(get(call));
            default -> throw unknown(call);
        };
    }

    private CallResult provided(ArmCall call, String namespace) {
        RequestPath target = call.target();
        if (namespace.equalsIgnoreCase("Microsoft.Authorization")
                && !target.tail().isEmpty()) {
            return authorization(call);
        }
        if (target.group().isEmpty() && (target.tail().isEmpty() || target.isPart(0, "register"))) {
            return registrations.handle(call);
        }
        String wanted = namespace.toLowerCase(Locale.ROOT);
        ResourceHandler handler = handlers.get(wanted + "/" + target.part(0).toLowerCase(Locale.ROOT));
        if (handler != null && target.subscription().isPresent()) {
            return handler.handle(call);
        }
        ResourceProvider provider = providers.get(wanted);
        if (provider == null || target.subscription().isEmpty()) {
            throw ArmError.of(
                    404, "InvalidResourceNamespace", "The resource namespace '" + namespace + "' is invalid.");
        }
        return provider.other(call);
    }

    private CallResult authorization(ArmCall call) {
        return switch (call.target().part(0).toLowerCase(Locale.ROOT)) {
            case "roleassignments" -> assignments.handle(call);
            case "roledefinitions" -> definitions.handle(call);
            case "permissions" -> definitions.permissions(get(call));
            case "policyassignments" -> policies.assignment(get(call));
            case "locks" -> locks.handle(call, context.access());
            default -> throw unknown(call);
        };
    }

    private static ArmCall get(ArmCall call) {
        if (!call.is("GET")) {
            throw ArmError.methodNotAllowed(call.method());
        }
        return call;
    }

    private static ArmError unknown(ArmCall call) {
        return ArmError.notFound("'" + call.target().path() + "'");
    }
}
