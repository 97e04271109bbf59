package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.Locations;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmPages;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ODataFilter;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.ProvisioningState;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Resource groups, and lists of resources of all types. */
final class ResourceGroupHandler {

    private static final Duration DELETE = Duration.ofSeconds(20);
    private static final Duration LIST_LAG = Duration.ofSeconds(30);
    private static final String READ = "Microsoft.Resources/subscriptions/resourceGroups/read";
    private static final String WRITE = "Microsoft.Resources/subscriptions/resourceGroups/write";

    private final ArmContext context;
    private final Map<String, ResourceType> types;

    ResourceGroupHandler(ArmContext context, Map<String, ResourceType> types) {
        this.context = context;
        this.types = types;
    }

    static String id(String subscription, String group) {
        return "/subscriptions/" + subscription + "/resourceGroups/" + group;
    }

    static void refuseWhileDeleting(ObjectNode group) {
        if (Json.isState(group, ProvisioningState.DELETING)) {
            throw ArmError.conflict(
                    "ResourceGroupBeingDeleted",
                    "The resource group '" + Json.name(group)
                            + "' is in deprovisioning state and cannot perform this operation.");
        }
    }

    /** {@code …/resourcegroups} */
    ArmReply list(ArmCall call) {
        ODataFilter filter = ODataFilter.of(call);
        return ArmPages.of(
                call,
                context.store()
                        .all(ResourceKind.GROUP)
                        .filter(group -> ResourceStore.isUnder(Json.id(group), "/subscriptions/" + call.subscription()))
                        .filter(group -> context.access().allows(call.caller().objectId(), READ, Json.id(group)))
                        .filter(group -> hasTag(group, filter))
                        .toList());
    }

    /** {@code …/resources}, of a subscription or a group. */
    ArmReply resources(ArmCall call) {
        ODataFilter filter = ODataFilter.of(call);
        String above = call.target()
                .group()
                .map(group -> Json.id(existing(call, group)))
                .orElse("/subscriptions/" + call.subscription());
        // A group's list was seen to be late. The subscription's is not: the Azure CLI looks a registry up in it by
        // name,
        // and its own recorded tests do so right after "az acr create".
        Duration lag = call.target().group().isEmpty()
                ? Duration.ZERO
                : context.hook().listLag(context.clock().pace().of(LIST_LAG));
        Stream<ObjectNode> found = context.store()
                .listedUnder(above, lag)
                .filter(resource -> !ResourceKind.GROUP.isOf(resource))
                .filter(resource -> context.access()
                        .allows(call.caller().objectId(), resource.path("type").asText() + "/read", Json.id(resource)))
                .filter(resource ->
                        filter.admits("resourceType", resource.path("type").asText())
                                && filter.admits("name", Json.name(resource))
                                && filter.admits("location", Json.location(resource))
                                && filter.admits("resourceGroup", ResourceStore.groupOf(Json.id(resource))))
                .filter(resource -> hasTag(resource, filter));
        return ArmPages.of(call, found.map(ResourceGroupHandler::brief).toList());
    }

    /** {@code …/resourcegroups/NAME} */
    ArmReply one(ArmCall call) {
        String name = call.group();
        String id = id(call.subscription(), name);
        Optional<ObjectNode> existing = context.store().find(ResourceKind.GROUP, id);
        switch (call.method()) {
            case "HEAD", "GET" -> context.access().require(call.caller(), READ, id);
            case "DELETE" -> context.access().require(call.caller(), READ.replace("/read", "/delete"), id);
            default -> context.access().require(call.caller(), WRITE, id);
        }
        return switch (call.method()) {
            case "HEAD" -> ArmReply.empty(existing.isPresent() ? 204 : 404);
            case "GET" -> ArmReply.ok(existing(call, name).deepCopy());
            case "PUT" -> put(call, name, existing);
            case "PATCH" -> {
                ObjectNode group = existing(call, name);
                if (call.body().has("tags")) {
                    group.set("tags", call.body().get("tags").deepCopy());
                }
                yield ArmReply.ok(group.deepCopy());
            }
            case "DELETE" -> delete(call, existing(call, name));
            default -> throw ArmError.methodNotAllowed(call.method());
        };
    }

    private ArmReply put(ArmCall call, String name, Optional<ObjectNode> existing) {
        if (!name.matches("[-\\w._()]{1,90}") || name.endsWith(".")) {
            throw ArmError.badRequest(
                    "InvalidResourceGroupName",
                    "The resource group name '" + name
                            + "' is not valid. It has up to 90 letters, digits, '_', '-', '.', '(' and ')', and does "
                            + "not end "
                            + "in '.'.");
        }
        String wanted = Json.text(call.body(), "/location")
                .orElseThrow(() -> ArmError.badRequest(
                        "LocationRequired", "The location property is required for this definition."));
        if (!context.locations().has(wanted)) {
            throw ArmError.badRequest(
                    "LocationNotAvailableForResourceGroup",
                    "The provided location '" + wanted
                            + "' is not available for resource group. List of available regions is '"
                            + String.join(",", context.locations().names()) + "'.");
        }
        String location = Locations.canonical(wanted);
        existing.ifPresent(group -> {
            refuseWhileDeleting(group);
            if (!Json.location(group).equals(location)) {
                throw ArmError.conflict(
                        "InvalidResourceGroupLocation",
                        "Invalid resource group location '"
                                + location + "'. The Resource group already exists in location '" + Json.location(group)
                                + "'.");
            }
        });
        ObjectNode group = existing.orElseGet(() -> Json.object()
                .put("id", id(call.subscription(), name))
                .put("name", name)
                .put("type", ResourceKind.GROUP.type())
                .put("location", location));
        JsonNode tags = call.body().path("tags");
        if (tags.isObject()) {
            group.set("tags", tags.deepCopy());
        }
        Json.state(group, ProvisioningState.SUCCEEDED);
        context.store().put(group);
        return ArmReply.put(existing.isPresent(), group.deepCopy());
    }

    /** A second DELETE while the first is in progress is accepted, too. */
    private ArmReply delete(ArmCall call, ObjectNode group) {
        Json.state(group, ProvisioningState.DELETING);
        return context.operations()
                .accepted(call, context.operations().begin(call, DELETE, () -> drop(group)), OperationLinks.group());
    }

    /** Removes a group with everything in it, at once. */
    void drop(ObjectNode group) {
        if (context.store().find(Json.id(group)).orElse(null) != group) {
            return;
        }
        context.store().under(Json.id(group)).toList().forEach(this::dropOne);
        context.remove(group);
    }

    void dropOne(ObjectNode resource) {
        Objects.requireNonNull(types.get(resource.path("type").asText().toLowerCase(Locale.ROOT)))
                .drop(resource);
    }

    private ObjectNode existing(ArmCall call, String name) {
        return context.store()
                .find(ResourceKind.GROUP, id(call.subscription(), name))
                .orElseThrow(() -> ArmError.groupNotFound(name));
    }

    private static boolean hasTag(JsonNode resource, ODataFilter filter) {
        return filter.wanted("tagname")
                .map(name -> resource.path("tags").has(name)
                        && filter.admits(
                                "tagvalue", resource.path("tags").path(name).asText()))
                .orElse(true);
    }

    private static ObjectNode brief(ObjectNode resource) {
        ObjectNode brief = resource.deepCopy();
        // Lists of all types have one spelling, whatever the provider's.
        brief.put("id", Json.id(resource).replace("/resourcegroups/", "/resourceGroups/"));
        return brief.retain("id", "name", "type", "location", "tags", "sku", "identity", "managedBy", "systemData");
    }
}
