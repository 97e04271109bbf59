package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.access.Locks;
import io.keylesspull.practice.arm.access.RoleAssignments;
import io.keylesspull.practice.arm.access.RoleDefinitions;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.Provider;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.Answer;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Kind;
import io.keylesspull.practice.arm.protocol.Reply;
import io.keylesspull.practice.arm.protocol.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Finds who answers a call. */
final class Router {

    private final Base base;
    private final Locks locks;
    private final Subscriptions subscriptions;
    private final Registrations registrations;
    private final ResourceGroups groups;
    private final RoleAssignments assignments;
    private final RoleDefinitions definitions;
    private final Map<String, ResourceHandler> handlers = new HashMap<>();
    private final Map<String, Provider> providers = new HashMap<>();

    Router(ArmState state, Subscriptions subscriptions, Registrations registrations, List<Provider> providers) {
        Base base = state.base();
        this.base = base;
        this.locks = state.locks();
        this.subscriptions = subscriptions;
        this.registrations = registrations;
        Map<String, ResourceType> types = new HashMap<>();
        for (Provider provider : providers) {
            this.providers.put(provider.namespace().toLowerCase(Locale.ROOT), provider);
            for (ResourceType type : provider.types()) {
                types.put(type.kind().key(), type);
                handlers.put(type.kind().key(), new ResourceHandler(type, base, registrations));
            }
        }
        this.groups = new ResourceGroups(base, types);
        this.assignments = new RoleAssignments(base);
        this.definitions = new RoleDefinitions(base);
    }

    Answer answer(Call call) {
        if (call.target().subscription().isPresent()) {
            subscriptions.requireExisting(call);
        }
        Optional<Reply> polled = base.operations().poll(call);
        if (polled.isPresent()) {
            return polled.get();
        }
        locks.require(call);
        base.hook().check(call);
        return call.target().namespace().isPresent() ? provided(call, call.target().namespace().get()) : core(call);
    }

    /**
     * Takes a resource, a group with all that is in it, or a role assignment away at once, asking nobody.
     *
     * @throws NoSuchElementException where there is none with this id
     */
    void drop(String id) {
        if (base.access().remove(id)) {
            return;
        }
        ObjectNode resource = base.store().find(id)
                .orElseThrow(() -> new NoSuchElementException("there is nothing with the id " + id));
        if (Kind.GROUP.isOf(resource)) {
            groups.drop(resource);
        } else {
            groups.dropOne(resource);
        }
    }

    /** What belongs to ARM itself, not to a resource provider. */
    private Answer core(Call call) {
        Target target = call.target();
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

    private Answer provided(Call call, String namespace) {
        Target target = call.target();
        if (namespace.equalsIgnoreCase("Microsoft.Authorization") && !target.tail().isEmpty()) {
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
        Provider provider = providers.get(wanted);
        if (provider == null || target.subscription().isEmpty()) {
            throw AzureError.of(404, "InvalidResourceNamespace",
                    "The resource namespace '" + namespace + "' is invalid.");
        }
        return provider.other(call);
    }

    private Answer authorization(Call call) {
        return switch (call.target().part(0).toLowerCase(Locale.ROOT)) {
            case "roleassignments" -> assignments.handle(call);
            case "roledefinitions" -> definitions.handle(call);
            case "permissions" -> definitions.permissions(get(call));
            case "locks" -> locks.handle(call, base.access());
            default -> throw unknown(call);
        };
    }

    private static Call get(Call call) {
        if (!call.is("GET")) {
            throw AzureError.methodNotAllowed(call.method());
        }
        return call;
    }

    private static AzureError unknown(Call call) {
        return AzureError.notFound("'" + call.target().path() + "'");
    }
}
