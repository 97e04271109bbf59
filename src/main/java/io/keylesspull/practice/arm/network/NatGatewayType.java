package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.List;
import java.util.Optional;

/**
 * {@code Microsoft.Network/natGateways}: a subnet names its gateway, and the gateway its public addresses. Sources:
 * Azure/azure-rest-api-specs, {@code Microsoft.Network/stable/2025-03-01/natGateway.json}; for the code
 * {@code InUseNatGatewayCannotBeDeleted}, github.com/stackshy/cloudemu/pull/967; its message is an assumption.
 */
final class NatGatewayType implements ResourceType {

    private final NetworkResources shared;
    private final NetworkLinks links;

    NatGatewayType(NetworkResources shared, NetworkLinks links) {
        this.shared = shared;
        this.links = links;
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.NAT_GATEWAY;
    }

    @Override
    public ArmReply put(ArmCall call, String id, Optional<ObjectNode> existing) {
        ObjectNode gateway = shared.begin(call, ResourceKind.NAT_GATEWAY, id, existing);
        String sku = Json.text(call.body(), "/sku/name").orElse("Standard");
        if (!sku.equalsIgnoreCase("Standard")) {
            throw ArmError.badRequest(
                    "InvalidRequestFormat",
                    "The practice cloud has NAT gateways of SKU Standard only, not '" + sku + "'.");
        }
        gateway.putObject("sku").put("name", "Standard").put("tier", "Regional");
        ObjectNode properties = Json.properties(gateway);
        properties.put(
                "idleTimeoutInMinutes",
                call.body().at("/properties/idleTimeoutInMinutes").asInt(4));
        ArrayNode addresses = properties.putArray("publicIpAddresses");
        Json.items(call.body().at("/properties/publicIpAddresses"))
                .map(Json::id)
                .forEach(address -> addresses.add(Json.reference(address(gateway, address))));
        return shared.written(call, gateway, existing.isPresent(), () -> view(gateway, call));
    }

    private String address(ObjectNode gateway, String asked) {
        String id = Json.id(shared.referenced(ResourceKind.PUBLIC_IP, asked, gateway));
        links.userOfAddress(id)
                .map(Json::id)
                .filter(user -> !user.equals(Json.id(gateway)))
                .ifPresent(user -> {
                    throw ArmError.badRequest(
                            "PublicIPAddressInUse",
                            "Resource " + Json.id(gateway) + " is referencing public IP address " + id
                                    + " that is already allocated to resource " + user + ".");
                });
        return id;
    }

    @Override
    public ArmReply delete(ArmCall call, ObjectNode existing) {
        List<String> subnets =
                links.subnetsBehind(Json.id(existing)).map(Json::id).toList();
        if (!subnets.isEmpty()) {
            throw ArmError.badRequest(
                    "InUseNatGatewayCannotBeDeleted",
                    "NAT gateway " + Json.name(existing) + " cannot be deleted because it is in use by the following "
                            + "subnets: " + String.join(", ", subnets) + ".");
        }
        return shared.deleted(call, existing);
    }

    @Override
    public void drop(ObjectNode existing) {
        shared.drop(existing);
    }

    @Override
    public ObjectNode view(ObjectNode resource, ArmCall call) {
        ObjectNode shown = resource.deepCopy();
        JsonNode subnets = NetworkLinks.references(links.subnetsBehind(Json.id(resource)));
        if (!subnets.isEmpty()) {
            Json.properties(shown).set("subnets", subnets);
        }
        return shown;
    }
}
