package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.PrivateEndpoints;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a machine gets out of its network: by its public address, a NAT gateway on its subnet, or Azure's default
 * outbound access, which a private subnet does not give. Without any, it reaches nothing but what is in its network.
 * Sources: learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access;
 * learn.microsoft.com/azure/nat-gateway/nat-overview (a NAT gateway goes before a machine's public address).
 */
public final class WayOut {

    /** Azure's own address for machines without one: an address reserved for documentation (RFC 5737). */
    private static final String DEFAULT_OUTBOUND = "198.51.100.7";

    private final ResourceStore store;
    private final NetworkLinks links;

    public WayOut(ResourceStore store) {
        this.store = store;
        this.links = new NetworkLinks(store);
    }

    /** The address that a machine has outside; empty if it does not get out. @param machine its resource */
    Optional<String> addressOf(JsonNode machine) {
        boolean member = machine.at("/properties/virtualMachineScaleSet").isObject();
        return configurations(machine)
                .flatMap(configuration -> addressBy(configuration, member).stream())
                .findFirst();
    }

    /**
     * @param member of a Flexible scale set, which has no default address outside (Microsoft Learn, "Orchestration
     *     modes for Virtual Machine Scale Sets": default outbound connectivity)
     */
    private Optional<String> addressBy(JsonNode configuration, boolean member) {
        Optional<JsonNode> subnet = links.subnet(Json.known(configuration, "/properties/subnet/id"));
        return subnet.flatMap(this::gatewayAddress)
                .or(() -> address(configuration, "/properties/publicIPAddress/id"))
                .or(() -> subnet.filter(found -> !member && isOpen(found)).map(open -> DEFAULT_OUTBOUND));
    }

    private Optional<String> gatewayAddress(JsonNode subnet) {
        return Json.text(subnet, "/properties/natGateway/id")
                .flatMap(id -> store.find(ResourceKind.NAT_GATEWAY, id))
                .flatMap(gateway -> address(gateway, "/properties/publicIpAddresses/0/id"));
    }

    private Optional<String> address(JsonNode user, String path) {
        return Json.text(user, path)
                .flatMap(id -> store.find(ResourceKind.PUBLIC_IP, id))
                .map(address -> Json.known(address, "/properties/ipAddress"));
    }

    private static boolean isOpen(JsonNode subnet) {
        return subnet.at("/properties/defaultOutboundAccess").asBoolean(true);
    }

    /** Whether a machine gets answers from a host outside. @param machine ARM id of a machine */
    public boolean leadsTo(String host, String machine) {
        Optional<ObjectNode> from = store.find(ResourceKind.MACHINE, machine);
        return from.isEmpty()
                || addressOf(from.get()).isPresent()
                || store.all(ResourceKind.REGISTRY)
                        .filter(registry ->
                                registry.at("/properties/loginServer").asText().equalsIgnoreCase(host))
                        .anyMatch(registry -> isLinked(from.get(), Json.id(registry)));
    }

    /** Whether a private endpoint in a machine's network leads to a registry. */
    boolean isLinked(JsonNode machine, String registryId) {
        return store.all(ResourceKind.PRIVATE_ENDPOINT)
                .filter(endpoint -> PrivateEndpoints.leadsTo(endpoint, registryId))
                .anyMatch(endpoint -> configurations(machine)
                        .anyMatch(configuration -> PrivateEndpoints.inNetworkOf(
                                endpoint,
                                configuration.at("/properties/subnet/id").asText())));
    }

    private Stream<JsonNode> configurations(JsonNode machine) {
        return Json.items(machine.at("/properties/networkProfile/networkInterfaces"))
                .flatMap(reference -> store.find(ResourceKind.NIC, Json.id(reference)).stream())
                .flatMap(nic -> Json.items(nic.at("/properties/ipConfigurations")));
    }
}
