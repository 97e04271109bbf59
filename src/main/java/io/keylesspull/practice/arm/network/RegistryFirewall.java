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
 * Whether a registry lets a client in: by a private endpoint in the client's network, or by its public network access.
 * Source: learn.microsoft.com/azure/container-registry, "Configure public registry access" and "Private Link".
 */
public final class RegistryFirewall {

    /** Azure's own address for machines without one: an address reserved for documentation (RFC 5737). */
    private static final String DEFAULT_OUTBOUND = "198.51.100.7";

    private final ResourceStore store;
    private final String outside;

    /** @param outside the address of clients that are no machines */
    public RegistryFirewall(ResourceStore store, String outside) {
        this.store = store;
        this.outside = outside;
    }

    /** The client's address, if it is refused. @param machine ARM id of the machine that asks; empty for others */
    public Optional<String> refused(String registryId, Optional<String> machine) {
        Optional<ObjectNode> registry = store.find(ResourceKind.REGISTRY, registryId);
        Optional<ObjectNode> asking = machine.flatMap(id -> store.find(ResourceKind.MACHINE, id));
        if (registry.isEmpty()
                || asking.filter(from -> isLinked(from, registryId)).isPresent()) {
            return Optional.empty();
        }
        String address = asking.map(this::address).orElse(outside);
        return admits(registry.get(), address) ? Optional.empty() : Optional.of(address);
    }

    private boolean isLinked(JsonNode machine, String registryId) {
        return store.all(ResourceKind.PRIVATE_ENDPOINT)
                .filter(endpoint -> PrivateEndpoints.leadsTo(endpoint, registryId))
                .anyMatch(endpoint -> configurations(machine)
                        .anyMatch(configuration -> PrivateEndpoints.inNetworkOf(
                                endpoint,
                                configuration.at("/properties/subnet/id").asText())));
    }

    private String address(JsonNode machine) {
        return configurations(machine)
                .flatMap(configuration -> Json.text(configuration, "/properties/publicIPAddress/id").stream())
                .flatMap(id -> store.find(ResourceKind.PUBLIC_IP, id).stream())
                .map(address -> Json.known(address, "/properties/ipAddress"))
                .findFirst()
                .orElse(DEFAULT_OUTBOUND);
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

    private Stream<JsonNode> configurations(JsonNode machine) {
        return Json.items(machine.at("/properties/networkProfile/networkInterfaces"))
                .flatMap(reference -> store.find(ResourceKind.NIC, Json.id(reference)).stream())
                .flatMap(nic -> Json.items(nic.at("/properties/ipConfigurations")));
    }
}
