package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.core.Store;
import io.keylesspull.practice.arm.protocol.Answer;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.Kind;
import io.keylesspull.practice.arm.protocol.Pages;
import io.keylesspull.practice.arm.protocol.Reply;
import io.keylesspull.practice.arm.protocol.Target;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What ARM does alike for every type of resource: look-up, lists, permission, location, group. */
final class ResourceHandler {

    private final ResourceType type;
    private final Base base;
    private final Registrations registrations;
    private final Kind kind;

    ResourceHandler(ResourceType type, Base base, Registrations registrations) {
        this.type = type;
        this.base = base;
        this.registrations = registrations;
        this.kind = type.kind();
    }

    Answer handle(Call call) {
        Target target = call.target();
        if (target.tail().size() == 1) {
            return list(call);
        }
        String group = call.group();
        ObjectNode home = base.store().find(ResourceGroups.id(call.subscription(), group))
                .orElseThrow(() -> AzureError.groupNotFound(group));
        String name = target.part(1);
        String id = kind.id(call.subscription(), Json.name(home), name);
        Optional<ObjectNode> existing = base.store().find(kind, id);
        if (target.tail().size() > 2) {
            permit(call, id, below(call));
            return type.below(call, existing.orElseThrow(() -> AzureError.resourceNotFound(kind, name, group)));
        }
        return switch (call.method()) {
            case "GET" -> {
                permit(call, id, "read");
                yield Reply.ok(type.view(
                        existing.orElseThrow(() -> AzureError.resourceNotFound(kind, name, group)), call));
            }
            case "PUT" -> {
                permit(call, id, "write");
                registrations.require(call.subscription(), kind.namespace());
                ResourceGroups.refuseWhileDeleting(home);
                yield put(call, existing.map(Json::id).orElse(id), existing);
            }
            case "PATCH" -> {
                permit(call, id, "write");
                yield type.patch(call, existing.orElseThrow(() -> AzureError.resourceNotFound(kind, name, group)));
            }
            case "DELETE" -> {
                permit(call, id, "delete");
                yield existing.map(resource -> type.delete(call, resource)).orElseGet(() -> Reply.empty(204));
            }
            default -> throw AzureError.methodNotAllowed(call.method());
        };
    }

    private Reply put(Call call, String id, Optional<ObjectNode> existing) {
        String location = base.locations().required(call.body(), kind);
        existing.ifPresent(resource -> {
            if (!Json.location(resource).equals(location)) {
                throw AzureError.conflict("InvalidResourceLocation", "The resource '" + Json.name(resource)
                        + "' already exists in location '" + Json.location(resource) + "' in resource group '"
                        + Store.groupOf(id) + "'. A resource with the same name cannot be created in location '"
                        + location + "'. Please select a new resource name.");
            }
        });
        return type.put(call, id, existing);
    }

    private Reply list(Call call) {
        if (!call.is("GET")) {
            throw AzureError.methodNotAllowed(call.method());
        }
        Stream<ObjectNode> found = base.store().under(call.target().scope()).filter(kind::isOf);
        if (call.target().group().isPresent()) {
            String group = call.group();
            base.store().find(ResourceGroups.id(call.subscription(), group))
                    .orElseThrow(() -> AzureError.groupNotFound(group));
        }
        return Pages.of(call, found
                .filter(resource -> base.access().allows(call.caller().objectId(), kind.type() + "/read",
                        Json.id(resource)))
                .map(resource -> type.view(resource, call)).toList());
    }

    private void permit(Call call, String id, String verb) {
        base.access().require(call.caller(), kind.type() + "/" + verb, id);
    }

    private static String below(Call call) {
        String rest = call.target().part(2);
        return switch (call.method()) {
            case "GET" -> call.target().tail().size() == 3 && rest.startsWith("list") ? rest + "/read" : "read";
            case "POST" -> rest + "/action";
            default -> rest + "/" + Map.of("PUT", "write", "DELETE", "delete").getOrDefault(call.method(), "write");
        };
    }
}
