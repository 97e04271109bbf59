package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.Optional;

/**
 * {@code Microsoft.Network/privateEndpoints}, to registries. The practice cloud links the private DNS zone by itself:
 * from the endpoint's virtual network the registry's name leads to the endpoint.
 */
final class PrivateEndpointType implements ResourceType {

    private static final String TARGET = "/properties/privateLinkServiceId";

    private final ArmContext context;
    private final NetworkResources shared;
    private final NetworkLinks links;

    PrivateEndpointType(ArmContext context, NetworkResources shared, NetworkLinks links) {
        this.context = context;
        this.shared = shared;
        this.links = links;
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.PRIVATE_ENDPOINT;
    }

    @Override
    public ArmReply put(ArmCall call, String id, Optional<ObjectNode> existing) {
        ObjectNode endpoint = shared.begin(call, ResourceKind.PRIVATE_ENDPOINT, id, existing);
        ObjectNode properties = Json.properties(endpoint);
        String subnet = Json.text(call.body(), "/properties/subnet/id").orElse("");
        if (links.subnet(subnet).isEmpty()) {
            throw ArmError.invalidReference(subnet, id);
        }
        properties.set("subnet", Json.reference(subnet));
        ArrayNode connections = properties.putArray("privateLinkServiceConnections");
        Json.items(call.body().at("/properties/privateLinkServiceConnections"))
                .forEach(wanted -> connections.add(connection(id, wanted)));
        if (connections.isEmpty()) {
            throw ArmError.badRequest(
                    "PrivateEndpointMustHaveConnection", "Private endpoint " + id + " must have a connection.");
        }
        properties.putArray("manualPrivateLinkServiceConnections");
        return shared.written(call, endpoint, existing.isPresent(), () -> view(endpoint, call));
    }

    private ObjectNode connection(String id, JsonNode wanted) {
        String target = Json.text(wanted, TARGET).orElse("");
        ObjectNode registry = context.store()
                .find(ResourceKind.REGISTRY, target)
                .orElseThrow(() -> ArmError.invalidReference(target, id));
        if (!registry.at("/sku/name").asText().equals("Premium")) {
            throw ArmError.badRequest(
                    "PrivateEndpointsNotSupported",
                    "Private endpoints need the SKU Premium; registry " + ResourceStore.nameOf(target)
                            + " has another.");
        }
        ObjectNode connection = wanted.deepCopy();
        connection
                .withObject("/properties")
                .put("provisioningState", "Succeeded")
                .putObject("privateLinkServiceConnectionState")
                .put("status", "Approved")
                .put("description", "Auto-Approved")
                .put("actionsRequired", "None");
        return connection;
    }

    @Override
    public ArmReply delete(ArmCall call, ObjectNode existing) {
        return shared.deleted(call, existing);
    }

    @Override
    public void drop(ObjectNode existing) {
        shared.drop(existing);
    }
}
