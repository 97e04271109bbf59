package io.keylesspull.practice.arm.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.registry.ImageStore.PermissionMode;
import java.util.List;

/** The SKU and the settings of registries. Source: the REST reference of Registries, 2025-11-01. */
final class RegistryProperties {

    private static final List<String> SKUS = List.of("Basic", "Standard", "Premium");
    private static final String LEGACY = "LegacyRegistryPermissions";
    private static final String ABAC = "AbacRepositoryPermissions";
    private static final List<Setting> SETTINGS = List.of(
            new Setting("publicNetworkAccess", "Enabled", List.of("Enabled", "Disabled")),
            new Setting("networkRuleBypassOptions", "AzureServices", List.of("AzureServices", "None")),
            new Setting("zoneRedundancy", "Disabled", List.of("Enabled", "Disabled")),
            new Setting("roleAssignmentMode", LEGACY, List.of(LEGACY, ABAC)));
    private static final List<String> SWITCHES =
            List.of("adminUserEnabled", "dataEndpointEnabled", "anonymousPullEnabled");

    private RegistryProperties() {}

    private record Setting(String name, String usual, List<String> values) {}

    /** Sets what a request names; the rest keeps its value or gets the default. */
    static void apply(ObjectNode registry, JsonNode body) {
        ObjectNode properties = Json.properties(registry);
        sku(registry, body);
        for (Setting setting : SETTINGS) {
            String wanted = Json.text(body, "/properties/" + setting.name)
                    .orElse(properties.path(setting.name).asText(setting.usual));
            properties.put(setting.name, oneOf(setting.values, wanted, setting.name));
        }
        for (String name : SWITCHES) {
            properties.put(
                    name,
                    body.at("/properties/" + name)
                            .asBoolean(properties.path(name).asBoolean(false)));
        }
        networkRules(registry, body.at("/properties/networkRuleSet"));
        if (body.at("/properties/policies").isObject()) {
            properties.set("policies", body.at("/properties/policies").deepCopy());
        }
        properties.withObject("/encryption").put("status", "disabled");
        properties.withArray("/privateEndpointConnections");
        dataEndpoints(registry);
    }

    /** Fails if a request is invalid, before anything is changed. */
    static void check(JsonNode body, ObjectNode existing) {
        apply(existing.deepCopy(), body);
    }

    static PermissionMode mode(JsonNode registry) {
        return registry.at("/properties/roleAssignmentMode").asText().equals(ABAC)
                ? PermissionMode.ABAC_REPOSITORY_PERMISSIONS
                : PermissionMode.LEGACY_REGISTRY_PERMISSIONS;
    }

    /** Whether clients on the internet can reach the images. */
    static boolean isOpen(JsonNode registry) {
        return registry.at("/properties/publicNetworkAccess").asText().equals("Enabled")
                && !registry.at("/properties/networkRuleSet/defaultAction")
                        .asText()
                        .equals("Deny");
    }

    private static void sku(ObjectNode registry, JsonNode body) {
        String wanted = Json.text(body, "/sku/name")
                .or(() -> Json.text(registry, "/sku/name"))
                .orElseThrow(() -> ArmError.badRequest(
                        "MissingSku", "The request has no 'sku': name Basic, Standard or Premium."));
        String sku = SKUS.stream()
                .filter(wanted::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> ArmError.badRequest(
                        "InvalidSku", "The SKU '" + wanted + "' is not one of Basic, Standard and Premium."));
        registry.putObject("sku").put("name", sku).put("tier", sku);
    }

    private static void networkRules(ObjectNode registry, JsonNode wanted) {
        ObjectNode properties = Json.properties(registry);
        boolean premium = registry.at("/sku/name").asText().equals("Premium");
        boolean restricted = wanted.path("defaultAction").asText().equalsIgnoreCase("Deny")
                || !wanted.path("ipRules").isEmpty();
        if (!premium) {
            if (restricted) {
                throw ArmError.badRequest(
                        "NetworkRulesNotSupported", "Network rules need the SKU Premium; this registry has another.");
            }
            properties.putNull("networkRuleSet");
            return;
        }
        ObjectNode rules = properties.path("networkRuleSet").isObject()
                ? properties.withObject("/networkRuleSet")
                : properties.putObject("networkRuleSet");
        rules.put(
                "defaultAction",
                oneOf(
                        List.of("Allow", "Deny"),
                        wanted.path("defaultAction")
                                .asText(rules.path("defaultAction").asText("Allow")),
                        "defaultAction"));
        if (wanted.path("ipRules").isArray()) {
            rules.set("ipRules", wanted.get("ipRules").deepCopy());
        }
        rules.withArray("/ipRules");
    }

    private static void dataEndpoints(ObjectNode registry) {
        ObjectNode properties = Json.properties(registry);
        var hosts = properties.putArray("dataEndpointHostNames");
        if (properties.path("dataEndpointEnabled").asBoolean()) {
            hosts.add(properties
                    .path("loginServer")
                    .asText()
                    .replaceFirst("\\.", "." + Json.location(registry) + ".data."));
        }
    }

    private static String oneOf(List<String> values, String wanted, String name) {
        return values.stream()
                .filter(wanted::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> ArmError.badRequest(
                        "InvalidParameter",
                        "The value '" + wanted + "' of " + name + " is not one of " + values + "."));
    }
}
