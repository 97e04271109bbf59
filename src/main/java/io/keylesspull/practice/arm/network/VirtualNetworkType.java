package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.List;
import java.util.Optional;

/**
 * {@code Microsoft.Network/virtualNetworks} and their subnets. Since API version 2025-07-01 the subnets of a new
 * network are private unless the request says otherwise; older versions leave {@code defaultOutboundAccess} out, which
 * gives machines a way out. Sources: techcommunity.microsoft.com, "Private subnets by default in Azure virtual
 * networks"; learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access.
 */
final class VirtualNetworkType implements ResourceType {

    private static final String PRIVATE_SINCE = "2025-07-01";

    private final NetworkResources shared;
    private final NetworkLinks links;
    private final ChildResources subnets;

    VirtualNetworkType(NetworkResources shared, NetworkLinks links) {
        this.shared = shared;
        this.links = links;
        this.subnets = new ChildResources(ResourceKind.VNET, "subnets", new Subnets(shared, links), shared);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.VNET;
    }

    @Override
    public ArmReply put(ArmCall call, String id, Optional<ObjectNode> existing) {
        ObjectNode network = shared.begin(call, ResourceKind.VNET, id, existing);
        JsonNode wanted = call.body().path("properties");
        ObjectNode properties = Json.properties(network);
        if (wanted.path("addressSpace").isObject()) {
            properties.set("addressSpace", wanted.get("addressSpace").deepCopy());
        }
        if (wanted.path("dhcpOptions").isObject()) {
            properties.set("dhcpOptions", wanted.get("dhcpOptions").deepCopy());
        }
        properties.put("enableDdosProtection", false).withArray("/virtualNetworkPeerings");
        if (network.at("/properties/addressSpace/addressPrefixes").isEmpty()) {
            throw ArmError.badRequest(
                    "InvalidRequestFormat",
                    "The virtual network '" + Json.name(network) + "' has no addressSpace.addressPrefixes.");
        }
        subnets.replace(network, call.body());
        if (existing.isEmpty() && call.apiVersion().compareTo(PRIVATE_SINCE) >= 0) {
            Json.items(properties.path("subnets")).forEach(VirtualNetworkType::makePrivate);
        }
        return shared.written(call, network, existing.isPresent(), () -> view(network, call));
    }

    private static void makePrivate(JsonNode subnet) {
        if (subnet.path("properties") instanceof ObjectNode properties && !properties.has("defaultOutboundAccess")) {
            properties.put("defaultOutboundAccess", false);
        }
    }

    @Override
    public ArmReply delete(ArmCall call, ObjectNode existing) {
        Json.items(existing.at("/properties/subnets")).forEach(subnet -> Subnets.requireUnused(links, subnet));
        return shared.deleted(call, existing);
    }

    @Override
    public void drop(ObjectNode existing) {
        shared.drop(existing);
    }

    @Override
    public ObjectNode view(ObjectNode resource, ArmCall call) {
        ObjectNode shown = resource.deepCopy();
        subnets.show(shown);
        return shown;
    }

    @Override
    public CallResult below(ArmCall call, ObjectNode existing) {
        return subnets.below(call, existing);
    }

    private record Subnets(NetworkResources shared, NetworkLinks links) implements ChildResources.Rules {

        @Override
        public void check(ObjectNode network, List<JsonNode> subnets) {
            List<CidrBlock> space = Json.items(network.at("/properties/addressSpace/addressPrefixes"))
                    .map(prefix -> block(prefix.asText(), network))
                    .toList();
            for (int i = 0; i < subnets.size(); i++) {
                JsonNode subnet = subnets.get(i);
                CidrBlock block = NetworkLinks.prefix(subnet)
                        .map(prefix -> block(prefix, subnet))
                        .filter(found -> space.stream().anyMatch(part -> part.contains(found)))
                        .orElseThrow(() -> ArmError.badRequest(
                                "NetcfgInvalidSubnet",
                                "Subnet '" + Json.name(subnet) + "' is not valid in virtual network '"
                                        + Json.name(network) + "'."));
                subnets.subList(0, i).stream()
                        .filter(other -> Json.name(other).equalsIgnoreCase(Json.name(subnet))
                                || NetworkLinks.prefix(other)
                                        .flatMap(CidrBlock::of)
                                        .filter(block::overlaps)
                                        .isPresent())
                        .findFirst()
                        .ifPresent(other -> {
                            throw ArmError.badRequest(
                                    "NetcfgSubnetRangesOverlap",
                                    "Subnet '" + Json.name(subnet)
                                            + "' is not valid because its IP address range overlaps with that of an "
                                            + "existing "
                                            + "subnet in virtual network '" + Json.name(network) + "'.");
                        });
                Json.text(subnet, "/properties/networkSecurityGroup/id")
                        .ifPresent(id -> shared.referenced(ResourceKind.NSG, id, network));
                Json.text(subnet, "/properties/natGateway/id")
                        .ifPresent(id -> shared.referenced(ResourceKind.NAT_GATEWAY, id, network));
            }
        }

        @Override
        public void requireUnused(JsonNode subnet) {
            requireUnused(links, subnet);
        }

        @Override
        public void complete(ObjectNode shown) {
            ObjectNode properties = Json.properties(shown);
            properties.remove("ipConfigurations");
            List<JsonNode> users = links.inSubnet(Json.id(shown)).toList();
            if (!users.isEmpty()) {
                properties.set("ipConfigurations", NetworkLinks.references(users.stream()));
            }
            properties.withArray("/delegations");
            for (String policy : List.of("privateEndpointNetworkPolicies", "privateLinkServiceNetworkPolicies")) {
                if (!properties.has(policy)) {
                    properties.put(policy, policy.startsWith("privateEndpoint") ? "Disabled" : "Enabled");
                }
            }
        }

        static void requireUnused(NetworkLinks links, JsonNode subnet) {
            links.inSubnet(Json.id(subnet)).findFirst().ifPresent(user -> {
                throw ArmError.badRequest(
                        "InUseSubnetCannotBeDeleted",
                        "Subnet " + Json.name(subnet)
                                + " is in use by " + Json.id(user)
                                + " and cannot be deleted. In order to delete the subnet, "
                                + "delete all the resources within the subnet. See aka.ms/deletesubnet.");
            });
        }

        private static CidrBlock block(String prefix, JsonNode of) {
            return CidrBlock.of(prefix)
                    .orElseThrow(() -> ArmError.badRequest(
                            "InvalidAddressPrefixFormat",
                            "Address prefix " + prefix + " of resource " + Json.id(of)
                                    + " is not formatted correctly. It "
                                    + "should follow CIDR notation, for example 10.0.0.0/24."));
        }
    }
}
