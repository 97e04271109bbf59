package io.keylesspull.azure.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.azure.http.ArmReads;
import io.keylesspull.azure.model.AppliedRules;
import io.keylesspull.azure.model.AzureException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The rules that Azure applies to a network interface: of its own security group, of its subnet's, and of a network
 * manager. Not read through the SDK, which takes the map of tags in the response for a string.
 */
final class EffectiveRules {

    private static final String ACTION = "/effectiveNetworkSecurityGroups?api-version=2024-05-01";
    /** Of the rules that users make (Microsoft Learn, "Network security groups"). */
    private static final int FIRST_PRIORITY = 100;

    private static final String BUILT_IN = "defaultSecurityRules/";

    private final ArmReads reads;

    EffectiveRules(ArmReads reads) {
        this.reads = reads;
    }

    /** @throws AzureException also if the interface belongs to no machine that runs */
    List<AppliedRules> inbound(String nicId, int port) throws AzureException, InterruptedException {
        return items(reads.post(nicId + ACTION).path("value"))
                .map(group -> new AppliedRules(
                        group.at("/networkSecurityGroup/id").asText(),
                        freePriority(group.path("effectiveSecurityRules")),
                        items(group.path("effectiveSecurityRules"))
                                .filter(rule -> concerns(rule, port))
                                .sorted(Comparator.comparingInt(
                                        rule -> rule.path("priority").asInt()))
                                .map(EffectiveRules::rule)
                                .toList()))
                .toList();
    }

    private static int freePriority(JsonNode rules) {
        List<Integer> taken = items(rules)
                .filter(rule -> is(rule, "direction", "inbound"))
                .map(rule -> rule.path("priority").asInt())
                .toList();
        return IntStream.iterate(FIRST_PRIORITY, one -> one + 1)
                .filter(one -> !taken.contains(one))
                .findFirst()
                .orElseThrow();
    }

    private static boolean concerns(JsonNode rule, int port) {
        return is(rule, "direction", "inbound")
                && (is(rule, "protocol", "tcp") || is(rule, "protocol", "all") || is(rule, "protocol", "*"))
                && values(rule, "destinationPortRange", "destinationPortRanges").anyMatch(range -> holds(range, port));
    }

    private static AppliedRules.Rule rule(JsonNode rule) {
        String name = rule.path("name").asText();
        List<String> spelled = items(rule.path("expandedSourceAddressPrefix"))
                .map(JsonNode::asText)
                .toList();
        return new AppliedRules.Rule(
                name.substring(name.lastIndexOf('/') + 1),
                name.startsWith(BUILT_IN),
                is(rule, "access", "allow"),
                spelled.isEmpty()
                        ? values(rule, "sourceAddressPrefix", "sourceAddressPrefixes")
                                .distinct()
                                .toList()
                        : spelled);
    }

    private static boolean holds(String range, int port) {
        if (range.equals("*")) {
            return true;
        }
        String[] ends = range.split("-", 2);
        try {
            return Integer.parseInt(ends[0].strip()) <= port && port <= Integer.parseInt(ends[ends.length - 1].strip());
        } catch (NumberFormatException noPort) {
            return false;
        }
    }

    /** The one is the many in one text if there are several. */
    private static Stream<String> values(JsonNode rule, String one, String many) {
        JsonNode all = rule.path(many);
        return all.isEmpty()
                ? Stream.of(rule.path(one).asText().split(","))
                : items(all).map(JsonNode::asText);
    }

    private static boolean is(JsonNode rule, String name, String value) {
        return rule.path(name).asText().toLowerCase(Locale.ROOT).equals(value);
    }

    private static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
