package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules of a network security group. Source: learn.microsoft.com/azure/virtual-network/
 * network-security-groups-overview.
 */
final class SecurityRules implements ChildResources.Rules {

    private record DefaultRule(
            String name, String source, String destination, String access, int priority, String direction) {}

    private static final List<DefaultRule> DEFAULTS = List.of(
            new DefaultRule("AllowVnetInBound", "VirtualNetwork", "VirtualNetwork", "Allow", 65000, "Inbound"),
            new DefaultRule("AllowAzureLoadBalancerInBound", "AzureLoadBalancer", "*", "Allow", 65001, "Inbound"),
            new DefaultRule("DenyAllInBound", "*", "*", "Deny", 65500, "Inbound"),
            new DefaultRule("AllowVnetOutBound", "VirtualNetwork", "VirtualNetwork", "Allow", 65000, "Outbound"),
            new DefaultRule("AllowInternetOutBound", "*", "Internet", "Allow", 65001, "Outbound"),
            new DefaultRule("DenyAllOutBound", "*", "*", "Deny", 65500, "Outbound"));
    private static final String ADDRESS =
            "\\*|[A-Za-z][\\w.]*|[\\d.]+(/\\d{1,2})?" + "|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(/\\d{1,3})?";
    private static final String PORTS = "\\*|\\d{1,5}(-\\d{1,5})?";

    /** The default rules that every group has. */
    static JsonNode defaults(String groupId) {
        return Json.array(DEFAULTS.stream().map(one -> {
            ObjectNode rule = Json.object()
                    .put("id", groupId + "/defaultSecurityRules/" + one.name)
                    .put("name", one.name)
                    .put("type", ResourceKind.NSG.type() + "/defaultSecurityRules");
            rule.putObject("properties")
                    .put("protocol", "*")
                    .put("sourcePortRange", "*")
                    .put("destinationPortRange", "*")
                    .put("sourceAddressPrefix", one.source)
                    .put("destinationAddressPrefix", one.destination)
                    .put("access", one.access)
                    .put("priority", one.priority)
                    .put("direction", one.direction)
                    .put("provisioningState", "Succeeded");
            return rule;
        }));
    }

    @Override
    public void check(ObjectNode group, List<JsonNode> rules) {
        rules.forEach(SecurityRules::check);
        for (int i = 0; i < rules.size(); i++) {
            JsonNode rule = rules.get(i);
            rules.subList(0, i).stream()
                    .filter(other -> same(other, rule, "direction") && same(other, rule, "priority"))
                    .findFirst()
                    .ifPresent(other -> {
                        throw ArmError.badRequest(
                                "SecurityRuleConflict",
                                "Security rule " + Json.name(rule)
                                        + " conflicts with rule " + Json.name(other)
                                        + ". Rules cannot have the same Priority "
                                        + "and Direction. To learn more, see aka.ms/nsgrules.");
                    });
        }
    }

    private static void check(JsonNode rule) {
        JsonNode properties = rule.path("properties");
        oneOf(rule, "direction", "Inbound", "Outbound");
        oneOf(rule, "access", "Allow", "Deny");
        oneOf(rule, "protocol", "Tcp", "Udp", "Icmp", "Esp", "Ah", "*");
        int priority = properties.path("priority").asInt();
        if (priority < 100 || priority > 4096) {
            throw ArmError.badRequest(
                    "SecurityRuleInvalidPriority",
                    "Security rule has invalid Priority. Value " + "provided: " + priority
                            + " Allowed range 100-4096.");
        }
        for (String end : List.of("source", "destination")) {
            all(rule, end + "AddressPrefix", end + "AddressPrefixes", ADDRESS, "SecurityRuleInvalidAddressPrefix");
            all(rule, end + "PortRange", end + "PortRanges", PORTS, "SecurityRuleInvalidPortRange");
        }
    }

    private static void all(JsonNode rule, String one, String many, String pattern, String code) {
        List<String> values = values(rule, one, many).toList();
        String wrong = values.stream()
                .filter(value -> !value.matches(pattern) || isWrongBlock(value))
                .findFirst()
                .orElse("");
        if (values.isEmpty() || !wrong.isEmpty()) {
            throw ArmError.badRequest(
                    code, "Security rule " + Json.name(rule) + " has an invalid " + one + ". Value provided: " + wrong);
        }
    }

    private static Stream<String> values(JsonNode rule, String one, String many) {
        return Stream.concat(
                Json.text(rule, "/properties/" + one).stream(),
                Json.items(rule.at("/properties/" + many)).map(JsonNode::asText));
    }

    /**
     * Whether it looks like an IPv4 address or block but is invalid; Azure accepts bits beyond the network part here.
     */
    private static boolean isWrongBlock(String value) {
        if (!value.contains(".") || !value.matches("[\\d.]+(/\\d+)?")) {
            return false;
        }
        String[] parts = value.split("/");
        return CidrBlock.number(parts[0]).isEmpty() || parts.length > 1 && Integer.parseInt(parts[1]) > 32;
    }

    private static void oneOf(JsonNode rule, String name, String... allowed) {
        String value = rule.at("/properties/" + name).asText();
        if (Stream.of(allowed).noneMatch(value::equalsIgnoreCase)) {
            throw ArmError.badRequest(
                    "InvalidRequestFormat",
                    "Security rule " + Json.name(rule) + " has an invalid " + name + ": '" + value + "' is not one of "
                            + List.of(allowed) + ".");
        }
    }

    private static boolean same(JsonNode rule, JsonNode other, String property) {
        return rule.at("/properties/" + property)
                .asText()
                .equalsIgnoreCase(other.at("/properties/" + property).asText());
    }
}
