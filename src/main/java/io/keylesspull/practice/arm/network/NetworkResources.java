package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.Operations;
import io.keylesspull.practice.arm.core.Resources;
import io.keylesspull.practice.arm.core.Store;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.Kind;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** What all resources of {@code Microsoft.Network} have in common: names, states, operations. */
final class NetworkResources {

    private static final Duration TAKES = Duration.ofSeconds(3);

    private final Base base;

    NetworkResources(Base base) {
        this.base = base;
    }

    static void requireValidName(String name) {
        if (!name.matches("[A-Za-z0-9]([-\\w.]{0,78}\\w)?")) {
            throw AzureError.badRequest("InvalidResourceName", "Resource name " + name + " is invalid. The name can be "
                    + "up to 80 characters long. It must begin with a letter or digit, and it must end with a word "
                    + "character. It may contain word characters or '.', '-', '_'.");
        }
    }

    /** The resource to write to: what is there, or a new one that is not in the store yet. */
    ObjectNode begin(Call call, Kind kind, String id, Optional<ObjectNode> existing) {
        existing.ifPresent(NetworkResources::refuseWhileDeleting);
        requireValidName(Store.nameOf(id));
        ObjectNode resource = existing.map(ObjectNode::deepCopy)
                .orElseGet(() -> Resources.make(kind, id, base.locations().required(call.body(), kind)));
        Json.properties(resource);
        if (existing.isEmpty()) {
            Json.properties(resource).put("resourceGuid", base.guids().next());
        }
        Resources.tags(resource, call.body());
        return resource;
    }

    /** Keeps a resource as it is to be from now on, and says so a little later. */
    Reply written(Call call, ObjectNode resource, boolean existed, Supplier<JsonNode> view) {
        keep(resource, "Updating");
        Operations.Operation operation = base.operations().begin(call, TAKES, () -> succeed(resource));
        return base.operations().put(call, operation, existed, view.get(), links(resource));
    }

    /** Keeps a resource as it is from now on. */
    void keep(ObjectNode resource, String state) {
        Json.state(resource, state);
        resource.put("etag", "W/\"" + base.guids().next() + "\"");
        base.store().put(resource);
    }

    /** Takes a resource away a little later. May be asked for again meanwhile. */
    Reply deleted(Call call, ObjectNode resource) {
        Json.state(resource, "Deleting");
        return base.operations().accepted(call, base.operations().begin(call, TAKES, () -> {
            if (isCurrent(resource)) {
                drop(resource);
            }
        }), links(resource));
    }

    /** Keeps a resource that has lost a child. */
    Reply childDeleted(Call call, ObjectNode resource) {
        keep(resource, "Updating");
        return base.operations().accepted(call, base.operations().begin(call, TAKES, () -> succeed(resource)),
                links(resource));
    }

    void drop(ObjectNode resource) {
        base.store().remove(Json.id(resource));
        base.access().forget(Json.id(resource));
    }

    /** The existing resource that a request names, in the same region, or the refusal. */
    ObjectNode referenced(Kind kind, String id, ObjectNode from) {
        return base.store().find(kind, id).filter(found -> Json.location(found).equals(Json.location(from)))
                .orElseThrow(() -> AzureError.invalidReference(id, Json.id(from)));
    }

    private void succeed(ObjectNode resource) {
        if (isCurrent(resource) && !isDeleting(resource)) {
            Json.state(resource, "Succeeded");
        }
    }

    private boolean isCurrent(ObjectNode resource) {
        return base.store().find(Json.id(resource)).filter(found -> found == resource).isPresent();
    }

    private static boolean isDeleting(ObjectNode resource) {
        return resource.at("/properties/provisioningState").asText().equals("Deleting");
    }

    static void refuseWhileDeleting(ObjectNode resource) {
        if (isDeleting(resource)) {
            throw AzureError.conflict("AnotherOperationInProgress", "Another operation on this or a dependent "
                    + "resource is in progress: " + Json.id(resource) + " is being deleted.");
        }
    }

    private static OperationLinks links(ObjectNode resource) {
        return OperationLinks.network(Json.location(resource));
    }
}
