package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.Optional;

/**
 * Whether a registry lets a client in: by a private endpoint in the client's network, or by its public network access.
 * Source: learn.microsoft.com/azure/container-registry, "Configure public registry access" and "Private Link".
 */
public final class RegistryFirewall {

    /** Of a machine that does not get out of its network, and so is never asked about. */
    private static final String NOWHERE = "";

    private final ResourceStore store;
    private final WayOut wayOut;
    private final String outside;

    /** @param outside the address of clients that are no machines */
    public RegistryFirewall(ResourceStore store, String outside) {
        this.store = store;
        this.wayOut = new WayOut(store);
        this.outside = outside;
    }

    /** The client's address, if it is refused. @param machine ARM id of the machine that asks; empty for others */
    public Optional<String> refused(String registryId, Optional<String> machine) {
        Optional<ObjectNode> registry = store.find(ResourceKind.REGISTRY, registryId);
        Optional<ObjectNode> asking = machine.flatMap(id -> store.find(ResourceKind.MACHINE, id));
        if (registry.isEmpty()
                || asking.filter(from -> wayOut.isLinked(from, registryId)).isPresent()) {
            return Optional.empty();
        }
        String address =
                asking.map(from -> wayOut.addressOf(from).orElse(NOWHERE)).orElse(outside);
        return admits(registry.get(), address) ? Optional.empty() : Optional.of(address);
    }

    private static boolean admits(JsonNode registry, String address) {
        JsonNode properties = registry.path("properties");
        if (!properties.path("publicNetworkAccess").asText().equals("Enabled")) {
            return false;
        }
        JsonNode rules = properties.path("networkRuleSet");
        return !rules.path("defaultAction").asText().equals("Deny")
                || Json.items(rules.path("ipRules"))
                        .map(rule -> rule.path("value").asText())
                        .map(range -> range.contains("/") ? range : range + "/32")
                        .anyMatch(range -> CidrBlock.of(range)
                                .filter(block -> block.contains(address))
                                .isPresent());
    }
}
