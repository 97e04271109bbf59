package io.keylesspull.practice.arm.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.Json;
import java.util.Locale;

/** What connects a private endpoint with the resource that it leads to. */
public final class PrivateEndpoints {

    private PrivateEndpoints() {}

    /** Whether an endpoint leads to the resource with an id. */
    public static boolean leadsTo(JsonNode endpoint, String id) {
        return Json.items(endpoint.at("/properties/privateLinkServiceConnections"))
                .anyMatch(connection -> ResourceStore.same(
                        connection.at("/properties/privateLinkServiceId").asText(), id));
    }

    /** Whether an endpoint is in the virtual network of a subnet. */
    public static boolean inNetworkOf(JsonNode endpoint, String subnetId) {
        return network(subnetId)
                .equals(network(endpoint.at("/properties/subnet/id").asText()));
    }

    /** The connection as the resource shows it: approved, because its owner made the endpoint. */
    public static JsonNode connection(ObjectNode endpoint, String id) {
        String name = Json.name(endpoint) + "."
                + endpoint.at("/properties/resourceGuid").asText();
        ObjectNode connection = Json.object()
                .put("id", id + "/privateEndpointConnections/" + name)
                .put("name", name)
                .put("type", "Microsoft.ContainerRegistry/registries/privateEndpointConnections");
        ObjectNode properties = connection.putObject("properties");
        properties.set("privateEndpoint", Json.reference(Json.id(endpoint)));
        properties
                .putObject("privateLinkServiceConnectionState")
                .put("status", "Approved")
                .put("description", "Auto-Approved")
                .put("actionsRequired", "None");
        properties.put("provisioningState", "Succeeded");
        return connection;
    }

    private static String network(String subnetId) {
        String id = subnetId.toLowerCase(Locale.ROOT);
        int cut = id.indexOf("/subnets/");
        return cut < 0 ? id : id.substring(0, cut);
    }
}
