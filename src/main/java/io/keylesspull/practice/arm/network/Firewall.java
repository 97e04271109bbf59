package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether network security groups admit TCP from an address outside. Of the service tags, only {@code Internet} matches
 * it. Source: learn.microsoft.com/azure/virtual-network/network-security-groups-overview.
 */
public final class Firewall {

    private final ResourceStore store;
    private final String from;

    public Firewall(ResourceStore store, String fromAddress) {
        this.store = store;
        this.from = fromAddress;
    }

    /**
     * The groups of the interface and of its subnet must both allow it; without any group, a Standard address is
     * closed.
     */
    public boolean admits(String publicAddress, int port) {
        return store.all(ResourceKind.PUBLIC_IP)
                .filter(ip -> Json.text(ip, "/properties/ipAddress")
                        .filter(publicAddress::equals)
                        .isPresent())
                .anyMatch(ip -> store.all(ResourceKind.NIC).anyMatch(nic -> uses(nic, ip) && admits(ip, nic, port)));
    }

    private boolean admits(JsonNode ip, JsonNode nic, int port) {
        List<ObjectNode> groups = new ArrayList<>();
        group(nic.path("properties")).ifPresent(groups::add);
        configurations(nic)
                .map(configuration -> configuration.at("/properties/subnet/id").asText())
                .flatMap(subnet -> subnet(subnet).stream())
                .flatMap(subnet -> group(subnet.path("properties")).stream())
                .forEach(groups::add);
        if (groups.isEmpty()) {
            return !ip.at("/sku/name").asText().equalsIgnoreCase("Standard");
        }
        return groups.stream().allMatch(group -> allows(group, port));
    }

    private boolean allows(JsonNode group, int port) {
        return Json.items(group.at("/properties/securityRules"))
                .map(rule -> rule.path("properties"))
                .filter(rule -> rule.path("direction").asText().equalsIgnoreCase("Inbound"))
                .filter(rule -> List.of("*", "tcp")
                        .contains(rule.path("protocol").asText().toLowerCase(Locale.ROOT)))
                .filter(rule -> values(rule, "sourceAddressPrefix", "sourceAddressPrefixes")
                        .anyMatch(this::covers))
                .filter(rule -> values(rule, "destinationPortRange", "destinationPortRanges")
                        .anyMatch(range -> covers(range, port)))
                .min(Comparator.comparingInt(rule -> rule.path("priority").asInt()))
                .map(rule -> rule.path("access").asText().equalsIgnoreCase("Allow"))
                .orElse(false);
    }

    private static Stream<String> values(JsonNode rule, String one, String many) {
        return Stream.concat(
                Json.text(rule, "/" + one).stream(), Json.items(rule.path(many)).map(JsonNode::asText));
    }

    /** @param source address, block or tag. A block may have bits beyond its network part: Azure accepts that here. */
    private boolean covers(String source) {
        if (source.equals("*") || source.equalsIgnoreCase("Internet")) {
            return true;
        }
        String[] parts = source.split("/", 2);
        long mask = parts.length == 1 ? -1L : -1L << 32 - Integer.parseInt(parts[1]);
        return CidrBlock.number(parts[0])
                .flatMap(wanted -> CidrBlock.number(from).filter(caller -> (wanted & mask) == (caller & mask)))
                .isPresent();
    }

    private static boolean covers(String range, int port) {
        if (range.equals("*")) {
            return true;
        }
        String[] ends = range.split("-", 2);
        return Integer.parseInt(ends[0].strip()) <= port && port <= Integer.parseInt(ends[ends.length - 1].strip());
    }

    private static boolean uses(JsonNode nic, JsonNode ip) {
        return configurations(nic)
                .anyMatch(configuration -> ResourceStore.same(
                        configuration.at("/properties/publicIPAddress/id").asText(), Json.id(ip)));
    }

    private static Stream<JsonNode> configurations(JsonNode nic) {
        return Json.items(nic.at("/properties/ipConfigurations"));
    }

    private Optional<ObjectNode> group(JsonNode properties) {
        return Json.text(properties, "/networkSecurityGroup/id").flatMap(store::find);
    }

    private Optional<JsonNode> subnet(String id) {
        int cut = id.toLowerCase(Locale.ROOT).lastIndexOf("/subnets/");
        return cut < 0
                ? Optional.empty()
                : store.find(id.substring(0, cut))
                        .flatMap(network -> Json.items(network.at("/properties/subnets"))
                                .filter(subnet -> Json.name(subnet).equalsIgnoreCase(ResourceStore.nameOf(id)))
                                .findFirst());
    }
}
