package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which network resources use which. Only the forward references are stored, in interfaces, subnets and machines; the
 * back references that Azure shows are computed.
 */
public final class NetworkLinks {

    private static final String CONFIGURATIONS = "/properties/ipConfigurations";

    private final ResourceStore store;

    public NetworkLinks(ResourceStore store) {
        this.store = store;
    }

    /** The IP configurations and private endpoints in a subnet. */
    Stream<JsonNode> inSubnet(String subnetId) {
        return Stream.concat(configurations(), store.all(ResourceKind.PRIVATE_ENDPOINT))
                .filter(user -> refersTo(user, "/properties/subnet/id", subnetId));
    }

    /** The IP configuration that uses a public address. */
    Optional<JsonNode> withPublicAddress(String publicIpId) {
        return configurations()
                .filter(configuration -> refersTo(configuration, "/properties/publicIPAddress/id", publicIpId))
                .findFirst();
    }

    /** The IP configuration or NAT gateway that uses a public address. */
    Optional<JsonNode> userOfAddress(String publicIpId) {
        return withPublicAddress(publicIpId).or(() -> gatewayWithAddress(publicIpId));
    }

    Optional<JsonNode> gatewayWithAddress(String publicIpId) {
        return store.all(ResourceKind.NAT_GATEWAY)
                .filter(gateway -> Json.items(gateway.at("/properties/publicIpAddresses"))
                        .anyMatch(address -> refersTo(address, "/id", publicIpId)))
                .<JsonNode>map(gateway -> gateway)
                .findFirst();
    }

    /** The subnets that a NAT gateway leads out of. */
    Stream<JsonNode> subnetsBehind(String gatewayId) {
        return store.all(ResourceKind.VNET)
                .flatMap(network -> Json.items(network.at("/properties/subnets")))
                .filter(subnet -> refersTo(subnet, "/properties/natGateway/id", gatewayId));
    }

    Stream<ObjectNode> interfacesGuardedBy(String securityGroupId) {
        return store.all(ResourceKind.NIC)
                .filter(nic -> refersTo(nic, "/properties/networkSecurityGroup/id", securityGroupId));
    }

    Stream<JsonNode> subnetsGuardedBy(String securityGroupId) {
        return store.all(ResourceKind.VNET)
                .flatMap(network -> Json.items(network.at("/properties/subnets")))
                .filter(subnet -> refersTo(subnet, "/properties/networkSecurityGroup/id", securityGroupId));
    }

    /** The machine an interface belongs to. */
    public Optional<ObjectNode> machineOf(String nicId) {
        return store.all(ResourceKind.MACHINE)
                .filter(machine -> Json.items(machine.path("properties")
                                .path("networkProfile")
                                .path("networkInterfaces"))
                        .anyMatch(reference ->
                                ResourceStore.same(reference.path("id").asText(), nicId)))
                .findFirst();
    }

    Optional<JsonNode> subnet(String id) {
        return networkOf(id)
                .flatMap(network -> Json.items(network.at("/properties/subnets"))
                        .filter(subnet -> ResourceStore.same(Json.id(subnet), id))
                        .findFirst());
    }

    /** The virtual network of a subnet's id. */
    Optional<ObjectNode> networkOf(String subnetId) {
        int cut = subnetId.toLowerCase(Locale.ROOT).indexOf("/subnets/");
        return cut < 0 ? Optional.empty() : store.find(ResourceKind.VNET, subnetId.substring(0, cut));
    }

    /** A subnet's addresses, as written. */
    static Optional<String> prefix(JsonNode subnet) {
        return Json.text(subnet, "/properties/addressPrefix")
                .or(() -> Json.text(subnet, "/properties/addressPrefixes/0"));
    }

    /** References to resources, as Azure lists them. */
    static JsonNode references(Stream<? extends JsonNode> resources) {
        return Json.array(resources.map(resource -> Json.reference(Json.id(resource))));
    }

    private Stream<JsonNode> configurations() {
        return store.all(ResourceKind.NIC).flatMap(nic -> Json.items(nic.at(CONFIGURATIONS)));
    }

    private static boolean refersTo(JsonNode node, String path, String id) {
        return Json.text(node, path)
                .filter(found -> ResourceStore.same(found, id))
                .isPresent();
    }
}
