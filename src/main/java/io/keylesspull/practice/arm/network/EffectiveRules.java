package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules that hold for a network interface: those of its own security group and of its subnet's, in the form of
 * {@code effectiveNetworkSecurityGroups}. Ports are ranges, {@code *} is {@code 0.0.0.0/0}, tags are spelled out.
 * Source: learn.microsoft.com/azure/virtual-network/diagnose-network-traffic-filter-problem.
 */
final class EffectiveRules {

    private static final String AZURE = "168.63.129.16/32";
    /** All but the private addresses. */
    private static final List<String> INTERNET = List.of(
            "1.0.0.0/8",
            "2.0.0.0/7",
            "4.0.0.0/6",
            "8.0.0.0/7",
            "11.0.0.0/8",
            "12.0.0.0/6",
            "16.0.0.0/4",
            "32.0.0.0/3",
            "64.0.0.0/2",
            "128.0.0.0/3",
            "160.0.0.0/5",
            "168.0.0.0/6",
            "172.0.0.0/12",
            "172.32.0.0/11",
            "172.64.0.0/10",
            "172.128.0.0/9",
            "173.0.0.0/8",
            "174.0.0.0/7",
            "176.0.0.0/4",
            "192.0.0.0/9",
            "192.128.0.0/11",
            "192.160.0.0/13",
            "192.169.0.0/16",
            "192.170.0.0/15",
            "192.172.0.0/14",
            "192.176.0.0/12",
            "192.192.0.0/10",
            "193.0.0.0/8",
            "194.0.0.0/7",
            "196.0.0.0/6",
            "200.0.0.0/5",
            "208.0.0.0/4");

    private final ResourceStore store;
    private final NetworkLinks links;

    EffectiveRules(ResourceStore store, NetworkLinks links) {
        this.store = store;
        this.links = links;
    }

    JsonNode of(ObjectNode nic) {
        ObjectNode answer = Json.object();
        ArrayNode groups = answer.putArray("value");
        String subnetId = Json.known(nic, "/properties/ipConfigurations/0/properties/subnet/id");
        List<String> network = links.networkOf(subnetId).stream()
                .flatMap(found -> Json.items(found.at("/properties/addressSpace/addressPrefixes")))
                .map(JsonNode::asText)
                .toList();
        links.subnet(subnetId)
                .flatMap(this::group)
                .ifPresent(group -> groups.add(group(group, "subnet", subnetId, network)));
        group(nic).ifPresent(group -> groups.add(group(group, "networkInterface", Json.id(nic), network)));
        return answer;
    }

    private Optional<ObjectNode> group(JsonNode guarded) {
        return Json.text(guarded, "/properties/networkSecurityGroup/id").flatMap(store::find);
    }

    private static JsonNode group(ObjectNode group, String kind, String guarded, List<String> network) {
        ObjectNode shown = Json.object();
        shown.set("networkSecurityGroup", Json.reference(Json.id(group)));
        shown.putObject("association").set(kind, Json.reference(guarded));
        ArrayNode rules = shown.putArray("effectiveSecurityRules");
        Json.items(group.at("/properties/securityRules"))
                .forEach(rule -> rules.add(rule("securityRules/", rule, network)));
        SecurityRules.defaults(Json.id(group)).forEach(rule -> rules.add(rule("defaultSecurityRules/", rule, network)));
        return shown;
    }

    private static JsonNode rule(String list, JsonNode named, List<String> network) {
        JsonNode rule = named.path("properties");
        String protocol = rule.path("protocol").asText();
        ObjectNode shown = Json.object()
                .put("name", list + Json.name(named))
                .put("protocol", protocol.equals("*") ? "All" : protocol);
        for (String end : List.of("source", "destination")) {
            ends(shown, end + "PortRange", values(rule, end + "PortRange").map(EffectiveRules::ports));
            List<String> addresses = values(rule, end + "AddressPrefix").toList();
            ends(shown, end + "AddressPrefix", addresses.stream().map(EffectiveRules::block));
            ArrayNode spelled = shown.putArray(
                    "expanded" + Character.toUpperCase(end.charAt(0)) + end.substring(1) + "AddressPrefix");
            addresses.forEach(address -> expanded(address, network).forEach(spelled::add));
        }
        return shown.put("access", rule.path("access").asText())
                .put("priority", rule.path("priority").asInt())
                .put("direction", rule.path("direction").asText());
    }

    private static void ends(ObjectNode shown, String name, Stream<String> values) {
        List<String> all = values.toList();
        shown.put(name, String.join(",", all));
        ArrayNode many = shown.putArray(name + (name.endsWith("Prefix") ? "es" : "s"));
        all.forEach(many::add);
    }

    private static Stream<String> values(JsonNode rule, String one) {
        return Stream.concat(
                Json.text(rule, "/" + one).stream(),
                Json.items(rule.path(one + (one.endsWith("Prefix") ? "es" : "s")))
                        .map(JsonNode::asText));
    }

    private static String ports(String range) {
        return range.equals("*") ? "0-65535" : range.contains("-") ? range : range + "-" + range;
    }

    private static String block(String address) {
        return address.equals("*") ? "0.0.0.0/0" : CidrBlock.number(address).isPresent() ? address + "/32" : address;
    }

    private static Stream<String> expanded(String tag, List<String> network) {
        return switch (tag) {
            case "VirtualNetwork" -> Stream.concat(network.stream(), Stream.of(AZURE));
            case "AzureLoadBalancer" -> Stream.of(AZURE);
            case "Internet" -> INTERNET.stream();
            default -> Stream.empty();
        };
    }
}
