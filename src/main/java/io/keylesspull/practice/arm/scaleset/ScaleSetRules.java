package io.keylesspull.practice.arm.scaleset;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.arm.core.CustomData;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What Azure asks of a new scale set. Sources: Microsoft Learn, "Orchestration modes for Virtual Machine Scale Sets"
 * and "Understand names and instance IDs"; for the words, Azure/azure-cli#27871 (fault domains, identity) and
 * Azure/azure-rest-api-specs#10212 (placement groups). Where no source has the words, they follow those. Prefixes of
 * Linux computer names: hashicorp/terraform-provider-azurerm, {@code LinuxComputerNamePrefix} (58 characters, no period
 * at the end), which Azure takes although its reference names 15.
 */
final class ScaleSetRules {

    static final int MOST = 1_000;
    /** With several fault domains, of sizes that are not kept running while their host is updated. */
    private static final int MOST_SPREAD = 200;

    private static final int LONGEST_INSTANCE = 44;
    /** What Azure appends to a name: "_" and eight digits. */
    private static final int SUFFIX = 9;

    private static final Set<String> UPGRADES = Set.of("Manual", "Automatic", "Rolling");

    private ScaleSetRules() {}

    /** @throws ArmError for what is not allowed */
    static void require(String name, JsonNode body) {
        if (!name.matches("[A-Za-z0-9]([-\\w.]*\\w)?") || name.length() + SUFFIX > LONGEST_INSTANCE) {
            throw ArmError.invalidParameter(
                    "name",
                    "The name '" + name
                            + "' of a virtual machine scale set is not valid: its instances' names, with a '_'"
                            + " and eight digits more, have up to " + LONGEST_INSTANCE
                            + " letters, digits, '-', '_' and '.', starting with a letter or digit and ending with a "
                            + "letter, digit or '_'.");
        }
        if (!body.at("/properties/orchestrationMode").asText().equals("Flexible")) {
            throw ArmError.badRequest(
                    "BadRequest", "The practice cloud knows scale sets with 'orchestrationMode' 'Flexible' only.");
        }
        JsonNode domains = required(body, "platformFaultDomainCount");
        if (domains.asInt() < 1 || domains.asInt() > 5) {
            throw notAllowed(domains.asText(), "platformFaultDomainCount", "1, 2, 3, 5");
        }
        requireNot(body, "singlePlacementGroup");
        requireNot(body, "overprovision");
        requireIdentity(body);
        Json.text(body, "/properties/upgradePolicy/mode")
                .filter(mode -> !UPGRADES.contains(mode))
                .ifPresent(mode -> {
                    throw notAllowed(mode, "upgradePolicy.mode", "Automatic, Manual, Rolling");
                });
        requireCapacity(body, domains.asInt());
        JsonNode profile = body.at("/properties/virtualMachineProfile");
        if (profile.isObject()) {
            requireProfile(body, profile);
        }
    }

    /** Flexible scale sets have no identity of their own. */
    static void requireIdentity(JsonNode body) {
        Json.text(body, "/identity/type")
                .filter(type -> !List.of("UserAssigned", "None").contains(type))
                .ifPresent(type -> {
                    throw notAllowed(type, "identity", "UserAssigned, None");
                });
    }

    static void requireCapacity(JsonNode body, int domains) {
        int wanted = body.at("/sku/capacity").asInt();
        boolean spread = domains > 1 && body.at("/sku/name").asText().matches("Standard_[GHLMN].*");
        int most = spread ? MOST_SPREAD : MOST;
        if (wanted < 0 || wanted > most) {
            throw ArmError.invalidParameter(
                    "sku.capacity",
                    "The value '" + wanted
                            + "' of parameter 'sku.capacity' is not allowed. A virtual machine scale set "
                            + "with Flexible orchestration mode has up to " + most + " instances.");
        }
    }

    private static void requireProfile(JsonNode body, JsonNode profile) {
        if (Json.text(body, "/sku/name").isEmpty()) {
            throw missing("sku.name");
        }
        if (Json.text(profile, "/networkProfile/networkApiVersion").isEmpty()) {
            throw missing("networkProfile.networkApiVersion");
        }
        if (profile.at("/networkProfile/networkInterfaceConfigurations").isEmpty()) {
            throw missing("networkProfile.networkInterfaceConfigurations");
        }
        String prefix = Json.text(profile, "/osProfile/computerNamePrefix")
                .orElseThrow(() -> missing("osProfile.computerNamePrefix"));
        if (!prefix.matches("[A-Za-z0-9][-A-Za-z0-9.]{0,57}(?<![.])")) {
            throw ArmError.invalidParameter(
                    "computerNamePrefix",
                    "The computer name prefix '" + prefix + "' is not valid: up to 58 letters, digits, '-' and '.', "
                            + "starting with a letter or digit and not ending with a '.'.");
        }
        CustomData.text(profile.path("osProfile"));
        for (JsonNode nic : profile.at("/networkProfile/networkInterfaceConfigurations")) {
            if (Json.items(nic.at("/properties/ipConfigurations"))
                    .anyMatch(one ->
                            one.at("/properties/publicIPAddressConfiguration").isObject())) {
                throw ArmError.badRequest(
                        "BadRequest", "The practice cloud makes instances without public addresses only.");
            }
        }
    }

    private static void requireNot(JsonNode body, String name) {
        if (body.at("/properties/" + name).asBoolean()) {
            throw notAllowed("True", name, "False");
        }
    }

    private static JsonNode required(JsonNode body, String name) {
        return Optional.of(body.at("/properties/" + name))
                .filter(found -> !found.isMissingNode() && !found.isNull())
                .orElseThrow(() -> missing(name));
    }

    private static ArmError missing(String name) {
        return ArmError.invalidParameter(name, "Required parameter '" + name + "' is missing (null).");
    }

    private static ArmError notAllowed(String value, String name, String allowed) {
        return ArmError.invalidParameter(
                name,
                "The value '" + value + "' of parameter '" + name + "' is not allowed. Allowed values are: " + allowed
                        + ".");
    }
}
