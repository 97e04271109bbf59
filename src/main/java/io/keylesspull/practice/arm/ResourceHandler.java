package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmPages;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What ARM does in the same way for every type of resource: lookup, lists, permissions, location, group. */
final class ResourceHandler {

    private final ResourceType type;
    private final ArmContext context;
    private final ProviderRegistrations registrations;
    private final ResourceKind kind;

    ResourceHandler(ResourceType type, ArmContext context, ProviderRegistrations registrations) {
        this.type = type;
        this.context = context;
        this.registrations = registrations;
        this.kind = type.kind();
    }

    CallResult handle(ArmCall call) {
        RequestPath target = call.target();
        if (target.tail().size() == 1) {
            return list(call);
        }
        String group = call.group();
        ObjectNode home = context.store()
                .find(ResourceGroupHandler.id(call.subscription(), group))
                .orElseThrow(() -> ArmError.groupNotFound(group));
        String name = target.part(1);
        String id = kind.id(call.subscription(), Json.name(home), name);
        Optional<ObjectNode> existing = context.store().find(kind, id);
        if (target.tail().size() > 2) {
            permit(call, id, below(call));
            return type.below(call, existing.orElseThrow(() -> ArmError.resourceNotFound(kind, name, group)));
        }
        return switch (call.method()) {
            case "GET" -> {
                permit(call, id, "read");
                yield ArmReply.ok(
                        type.view(existing.orElseThrow(() -> ArmError.resourceNotFound(kind, name, group)), call));
            }
            case "PUT" -> {
                permit(call, id, "write");
                registrations.require(call.subscription(), kind.namespace());
                ResourceGroupHandler.refuseWhileDeleting(home);
                yield put(call, existing.map(Json::id).orElse(id), existing);
            }
            case "PATCH" -> {
                permit(call, id, "write");
                yield type.patch(call, existing.orElseThrow(() -> ArmError.resourceNotFound(kind, name, group)));
            }
            case "DELETE" -> {
                permit(call, id, "delete");
                yield existing.map(resource -> type.delete(call, resource)).orElseGet(() -> ArmReply.empty(204));
            }
            default -> throw ArmError.methodNotAllowed(call.method());
        };
    }

    private ArmReply put(ArmCall call, String id, Optional<ObjectNode> existing) {
        String location = context.locations().required(call.body(), kind);
        existing.ifPresent(resource -> {
            if (!Json.location(resource).equals(location)) {
                throw ArmError.conflict(
                        "InvalidResourceLocation",
                        "The resource '" + Json.name(resource)
                                + "' already exists in location '" + Json.location(resource) + "' in resource group '"
                                + ResourceStore.groupOf(id)
                                + "'. A resource with the same name cannot be created in location '"
                                + location + "'. Please select a new resource name.");
            }
        });
        return type.put(call, id, existing);
    }

    private ArmReply list(ArmCall call) {
        if (!call.is("GET")) {
            throw ArmError.methodNotAllowed(call.method());
        }
        String scope = call.target().scope();
        Stream<ObjectNode> found = context.store()
                .all(kind)
                .filter(resource -> ResourceStore.isUnder(Json.id(resource), scope))
                .filter(type.listed(call));
        if (call.target().group().isPresent()) {
            String group = call.group();
            if (context.store()
                    .find(ResourceGroupHandler.id(call.subscription(), group))
                    .isEmpty()) {
                throw ArmError.groupNotFound(group);
            }
        }
        String caller = call.caller().objectId();
        String read = kind.type() + "/read";
        // Of each resource only where it matters: there may be thousands.
        boolean all = context.access().allows(caller, read, scope);
        return ArmPages.of(
                call,
                found.filter(resource -> all || context.access().allows(caller, read, Json.id(resource)))
                        .toList(),
                resource -> type.view(resource, call));
    }

    private void permit(ArmCall call, String id, String verb) {
        context.access().require(call.caller(), kind.type() + "/" + verb, id);
    }

    private static String below(ArmCall call) {
        String rest = call.target().part(2);
        return switch (call.method()) {
            case "GET" ->
                call.target().tail().size() == 3 && rest.startsWith("list")
                                || rest.equalsIgnoreCase("runCommands")
                                || rest.equalsIgnoreCase("commandResults")
                        ? rest + "/read"
                        : "read";
            case "POST" -> rest + "/action";
            default -> rest + "/" + Map.of("PUT", "write", "DELETE", "delete").getOrDefault(call.method(), "write");
        };
    }
}
