package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.Locations;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.core.Store;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Filter;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.Kind;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.Pages;
import io.keylesspull.practice.arm.protocol.Reply;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Resource groups, and the lists of whatever resources there are. */
final class ResourceGroups {

    private static final Duration DELETE = Duration.ofSeconds(20);
    private static final String READ = "Microsoft.Resources/subscriptions/resourceGroups/read";
    private static final String WRITE = "Microsoft.Resources/subscriptions/resourceGroups/write";

    private final Base base;
    private final Map<String, ResourceType> types;

    ResourceGroups(Base base, Map<String, ResourceType> types) {
        this.base = base;
        this.types = types;
    }

    static String id(String subscription, String group) {
        return "/subscriptions/" + subscription + "/resourceGroups/" + group;
    }

    static void refuseWhileDeleting(ObjectNode group) {
        if (Json.text(group, "/properties/provisioningState").filter("Deleting"::equals).isPresent()) {
            throw AzureError.conflict("ResourceGroupBeingDeleted", "The resource group '" + Json.name(group)
                    + "' is in deprovisioning state and cannot perform this operation.");
        }
    }

    /** {@code …/resourcegroups} */
    Reply list(Call call) {
        Filter filter = Filter.of(call);
        return Pages.of(call, base.store().all(Kind.GROUP)
                .filter(group -> Store.isUnder(Json.id(group), "/subscriptions/" + call.subscription()))
                .filter(group -> base.access().allows(call.caller().objectId(), READ, Json.id(group)))
                .filter(group -> hasTag(group, filter)).toList());
    }

    /** {@code …/resources}, of a subscription or a group. */
    Reply resources(Call call) {
        Filter filter = Filter.of(call);
        String above = call.target().group().map(group -> Json.id(existing(call, group)))
                .orElse("/subscriptions/" + call.subscription());
        Stream<ObjectNode> found = base.store().under(above).filter(resource -> !Kind.GROUP.isOf(resource))
                .filter(resource -> base.access().allows(call.caller().objectId(),
                        resource.path("type").asText() + "/read", Json.id(resource)))
                .filter(resource -> filter.admits("resourceType", resource.path("type").asText())
                        && filter.admits("name", Json.name(resource))
                        && filter.admits("location", Json.location(resource))
                        && filter.admits("resourceGroup", Store.groupOf(Json.id(resource))))
                .filter(resource -> hasTag(resource, filter));
        return Pages.of(call, found.map(ResourceGroups::brief).toList());
    }

    /** {@code …/resourcegroups/NAME} */
    Reply one(Call call) {
        String name = call.group();
        String id = id(call.subscription(), name);
        Optional<ObjectNode> existing = base.store().find(Kind.GROUP, id);
        switch (call.method()) {
            case "HEAD", "GET" -> base.access().require(call.caller(), READ, id);
            case "DELETE" -> base.access().require(call.caller(), READ.replace("/read", "/delete"), id);
            default -> base.access().require(call.caller(), WRITE, id);
        }
        return switch (call.method()) {
            case "HEAD" -> Reply.empty(existing.isPresent() ? 204 : 404);
            case "GET" -> Reply.ok(existing(call, name).deepCopy());
            case "PUT" -> put(call, name, existing);
            case "PATCH" -> {
                ObjectNode group = existing(call, name);
                if (call.body().has("tags")) {
                    group.set("tags", call.body().get("tags").deepCopy());
                }
                yield Reply.ok(group.deepCopy());
            }
            case "DELETE" -> delete(call, existing(call, name));
            default -> throw AzureError.methodNotAllowed(call.method());
        };
    }

    private Reply put(Call call, String name, Optional<ObjectNode> existing) {
        if (!name.matches("[-\\w._()]{1,90}") || name.endsWith(".")) {
            throw AzureError.badRequest("InvalidResourceGroupName", "The resource group name '" + name
                    + "' is not valid. It has up to 90 letters, digits, '_', '-', '.', '(' and ')', and does not end "
                    + "in '.'.");
        }
        String wanted = Json.text(call.body(), "/location").orElseThrow(() -> AzureError.badRequest(
                "LocationRequired", "The location property is required for this definition."));
        if (!base.locations().has(wanted)) {
            throw AzureError.badRequest("LocationNotAvailableForResourceGroup", "The provided location '" + wanted
                    + "' is not available for resource group. List of available regions is '"
                    + String.join(",", base.locations().names()) + "'.");
        }
        String location = Locations.canonical(wanted);
        existing.ifPresent(group -> {
            refuseWhileDeleting(group);
            if (!Json.location(group).equals(location)) {
                throw AzureError.conflict("InvalidResourceGroupLocation", "Invalid resource group location '"
                        + location + "'. The Resource group already exists in location '" + Json.location(group)
                        + "'.");
            }
        });
        ObjectNode group = existing.orElseGet(() -> Json.object().put("id", id(call.subscription(), name))
                .put("name", name).put("type", Kind.GROUP.type()).put("location", location));
        JsonNode tags = call.body().path("tags");
        if (tags.isObject()) {
            group.set("tags", tags.deepCopy());
        }
        Json.state(group, "Succeeded");
        base.store().put(group);
        return Reply.put(existing.isPresent(), group.deepCopy());
    }

    /** May be asked for again while it goes on: that is accepted, too. */
    private Reply delete(Call call, ObjectNode group) {
        Json.state(group, "Deleting");
        return base.operations().accepted(call, base.operations().begin(call, DELETE, () -> drop(group)),
                OperationLinks.group());
    }

    /** With all that is in it. */
    void drop(ObjectNode group) {
        if (base.store().find(Json.id(group)).orElse(null) != group) {
            return;
        }
        base.store().under(Json.id(group)).toList().forEach(this::dropOne);
        base.store().remove(Json.id(group));
        base.access().forget(Json.id(group));
    }

    void dropOne(ObjectNode resource) {
        types.get(resource.path("type").asText().toLowerCase(Locale.ROOT)).drop(resource);
    }

    private ObjectNode existing(Call call, String name) {
        return base.store().find(Kind.GROUP, id(call.subscription(), name))
                .orElseThrow(() -> AzureError.groupNotFound(name));
    }

    private static boolean hasTag(JsonNode resource, Filter filter) {
        return filter.wanted("tagname").map(name -> resource.path("tags").has(name)
                && filter.admits("tagvalue", resource.path("tags").path(name).asText())).orElse(true);
    }

    private static ObjectNode brief(ObjectNode resource) {
        return resource.deepCopy().retain("id", "name", "type", "location", "tags", "sku", "identity", "managedBy");
    }
}
