package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.Operations;
import io.keylesspull.practice.arm.core.ResourceEnvelope;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.ProvisioningState;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** What all resources of {@code Microsoft.Network} have in common: names, states, operations. */
final class NetworkResources {

    private static final Duration TAKES = Duration.ofSeconds(3);

    private final ArmContext context;

    NetworkResources(ArmContext context) {
        this.context = context;
    }

    static void requireValidName(String name) {
        if (!name.matches("[A-Za-z0-9]([-\\w.]{0,78}\\w)?")) {
            throw ArmError.badRequest(
                    "InvalidResourceName",
                    "Resource name " + name + " is invalid. The name can be "
                            + "up to 80 characters long. It must begin with a letter or digit, and it must end with "
                            + "a word "
                            + "character. It may contain word characters or '.', '-', '_'.");
        }
    }

    /** The resource to change: a copy of the existing one, or a new one that is not stored yet. */
    ObjectNode begin(ArmCall call, ResourceKind kind, String id, Optional<ObjectNode> existing) {
        existing.ifPresent(NetworkResources::refuseWhileDeleting);
        requireValidName(ResourceStore.nameOf(id));
        ObjectNode resource = existing.map(ObjectNode::deepCopy)
                .orElseGet(() ->
                        ResourceEnvelope.make(kind, id, context.locations().required(call.body(), kind)));
        Json.properties(resource);
        if (existing.isEmpty()) {
            Json.properties(resource).put("resourceGuid", context.guids().next());
        }
        ResourceEnvelope.tags(resource, call.body());
        return resource;
    }

    /** Stores a resource; it becomes {@code Succeeded} a little later. */
    ArmReply written(ArmCall call, ObjectNode resource, boolean existed, Supplier<JsonNode> view) {
        keep(resource, ProvisioningState.UPDATING);
        Operations.Operation operation = context.operations().begin(call, TAKES, () -> succeed(resource));
        return context.operations().put(call, operation, existed, view.get(), links(resource));
    }

    /** Stores a resource. */
    void keep(ObjectNode resource, ProvisioningState state) {
        Json.state(resource, state);
        resource.put("etag", "W/\"" + context.guids().next() + "\"");
        context.store().put(resource);
    }

    /** Deletes a resource a little later. A second DELETE meanwhile is accepted. */
    ArmReply deleted(ArmCall call, ObjectNode resource) {
        Json.state(resource, ProvisioningState.DELETING);
        return context.operations()
                .accepted(
                        call,
                        context.operations().begin(call, TAKES, () -> {
                            if (isCurrent(resource)) {
                                drop(resource);
                            }
                        }),
                        links(resource));
    }

    /** Stores a resource that has lost a child. */
    ArmReply childDeleted(ArmCall call, ObjectNode resource) {
        keep(resource, ProvisioningState.UPDATING);
        return context.operations()
                .accepted(call, context.operations().begin(call, TAKES, () -> succeed(resource)), links(resource));
    }

    void drop(ObjectNode resource) {
        context.remove(resource);
    }

    /** The resource that a request refers to, which must exist in the same region. */
    ObjectNode referenced(ResourceKind kind, String id, ObjectNode from) {
        return context.store()
                .find(kind, id)
                .filter(found -> Json.location(found).equals(Json.location(from)))
                .orElseThrow(() -> ArmError.invalidReference(id, Json.id(from)));
    }

    private void succeed(ObjectNode resource) {
        if (isCurrent(resource) && !isDeleting(resource)) {
            Json.state(resource, ProvisioningState.SUCCEEDED);
        }
    }

    private boolean isCurrent(ObjectNode resource) {
        return context.store()
                .find(Json.id(resource))
                .filter(found -> found == resource)
                .isPresent();
    }

    private static boolean isDeleting(ObjectNode resource) {
        return Json.isState(resource, ProvisioningState.DELETING);
    }

    static void refuseWhileDeleting(ObjectNode resource) {
        if (isDeleting(resource)) {
            throw ArmError.conflict(
                    "AnotherOperationInProgress",
                    "Another operation on this or a dependent " + "resource is in progress: " + Json.id(resource)
                            + " is being deleted.");
        }
    }

    private static OperationLinks links(ObjectNode resource) {
        return OperationLinks.network(Json.location(resource));
    }
}
