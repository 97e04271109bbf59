package io.keylesspull.practice.arm.scaleset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ProvisioningState;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The instances of scale sets: machines with network interfaces of their own, made as the caller, who needs the rights
 * for them too. Sources: Microsoft Learn, "Orchestration modes for Virtual Machine Scale Sets" and "Understand names
 * and instance IDs"; for an interface's name, Azure/azure-cli, recording
 * {@code test_create_flexible_vmss_by_default.yaml}; an interface's tags are those of its own configuration
 * (Azure/azure-rest-api-specs#34381).
 */
final class Instances {

    private static final String VERSION = "2025-04-01";
    private static final int NAME_DIGITS = 8;
    private static final int COMPUTER_DIGITS = 6;

    private final ArmContext context;
    private final Map<String, ResourceType> types;
    private final Function<ArmCall, CallResult> azure;

    /** @param types by lower-case type @param azure makes what a PUT asks for, or throws {@link ArmError} */
    Instances(ArmContext context, Map<String, ResourceType> types, Function<ArmCall, CallResult> azure) {
        this.context = context;
        this.types = types;
        this.azure = azure;
    }

    /** Those of a scale set, in the order in which they were made. */
    List<ObjectNode> of(ObjectNode set) {
        return context.store()
                .all(ResourceKind.MACHINE)
                .filter(machine -> Json.text(machine, "/properties/virtualMachineScaleSet/id")
                        .filter(Json.id(set)::equalsIgnoreCase)
                        .isPresent())
                .sorted(Comparator.comparing(machine -> Json.known(machine, "/properties/timeCreated")))
                .toList();
    }

    /**
     * Makes more.
     *
     * @return the refusals of those that cannot be made
     * @throws ArmError if not even the first one gets an interface
     */
    List<ArmError> add(ArmCall call, ObjectNode set, int number) {
        List<ArmError> refusals = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            String digits = unused(call, set);
            List<String> nics = new ArrayList<>();
            try {
                set.at("/properties/virtualMachineProfile/networkProfile/networkInterfaceConfigurations")
                        .forEach(configuration -> nics.add(addInterface(call, set, configuration, digits)));
            } catch (ArmError refused) {
                nics.forEach(nic -> drop(ResourceKind.NIC, nic));
                if (i == 0) {
                    throw refused;
                }
                refusals.add(refused);
                continue;
            }
            try {
                String zone = set.path("zones")
                        .path(i % Math.max(1, set.path("zones").size()))
                        .asText();
                make(put(call, ResourceKind.MACHINE, Json.name(set) + "_" + digits, machine(set, nics, zone)));
            } catch (ArmError refused) {
                nics.forEach(nic -> drop(ResourceKind.NIC, nic));
                refusals.add(refused);
            }
        }
        return refusals;
    }

    private void make(ArmCall put) {
        CallResult begun = azure.apply(put);
        if (!(begun instanceof ArmReply)) {
            throw new IllegalStateException(put.target().path() + " was answered by " + begun);
        }
    }

    private String unused(ArmCall call, ObjectNode set) {
        String digits;
        do {
            digits = context.guids().next().substring(0, NAME_DIGITS);
        } while (context.store()
                .find(ResourceKind.MACHINE.id(call.subscription(), call.group(), Json.name(set) + "_" + digits))
                .isPresent());
        return digits;
    }

    private String addInterface(ArmCall call, ObjectNode set, JsonNode configuration, String digits) {
        ObjectNode body = Json.object().put("location", Json.location(set));
        JsonNode tags = configuration.path("tags");
        if (tags.isObject()) {
            body.set("tags", tags.deepCopy());
        }
        body.set("properties", configuration.path("properties").deepCopy());
        ArmCall made = put(call, ResourceKind.NIC, Json.name(configuration) + "-" + digits, body);
        make(made);
        return made.target().path();
    }

    /** What a machine of this scale set is asked for by. @param nics ids @param zone empty for none */
    ObjectNode machine(ObjectNode set, List<String> nics, String zone) {
        JsonNode profile = set.at("/properties/virtualMachineProfile");
        ObjectNode body = Json.object().put("location", Json.location(set));
        body.set("tags", set.path("tags").deepCopy());
        if (!zone.isEmpty()) {
            body.putArray("zones").add(zone);
        }
        if (set.has("identity")) {
            body.set("identity", set.get("identity").deepCopy());
        }
        ObjectNode properties = body.putObject("properties");
        for (String same : List.of("storageProfile", "osProfile", "securityProfile", "priority", "evictionPolicy")) {
            if (profile.has(same)) {
                properties.set(same, profile.get(same).deepCopy());
            }
        }
        properties
                .putObject("hardwareProfile")
                .put("vmSize", set.at("/sku/name").asText());
        ObjectNode os = properties.withObject("/osProfile");
        String prefix = os.remove("computerNamePrefix").asText();
        os.put(
                "computerName",
                prefix + context.guids().next().substring(0, COMPUTER_DIGITS).toUpperCase(Locale.ROOT));
        properties.putObject("virtualMachineScaleSet").put("id", Json.id(set));
        JsonNode configurations = profile.at("/networkProfile/networkInterfaceConfigurations");
        var references = properties.putObject("networkProfile").putArray("networkInterfaces");
        for (int i = 0; i < nics.size(); i++) {
            JsonNode asked = configurations.path(i).path("properties");
            references
                    .addObject()
                    .put("id", nics.get(i))
                    .putObject("properties")
                    .put("primary", nics.size() == 1 || asked.path("primary").asBoolean())
                    .put("deleteOption", asked.path("deleteOption").asText());
        }
        return body;
    }

    /** Removes an instance as anybody does, with what has its delete option. */
    void remove(ArmCall call, ObjectNode machine) {
        type(ResourceKind.MACHINE).delete(of(call, "DELETE", Json.id(machine), Json.object()), machine);
    }

    /** Removes an instance at once. */
    void drop(ObjectNode machine) {
        type(ResourceKind.MACHINE).drop(machine);
    }

    private void drop(ResourceKind kind, String id) {
        context.store().find(kind, id).ifPresent(type(kind)::drop);
    }

    /** Why new machines cannot be made, as far as can be told beforehand. @param bodies what they are asked for by */
    List<ArmError> preflight(List<ArmCall> calls) {
        return type(ResourceKind.MACHINE).preflight(calls);
    }

    /** One of those that could not be made to the end; empty if there is none. */
    Optional<ObjectNode> failed(ObjectNode set) {
        return of(set).stream()
                .filter(machine -> Json.isState(machine, ProvisioningState.FAILED))
                .findFirst();
    }

    private ResourceType type(ResourceKind kind) {
        return Objects.requireNonNull(types.get(kind.key()));
    }

    private ArmCall put(ArmCall call, ResourceKind kind, String name, ObjectNode body) {
        return of(
                call,
                "PUT",
                kind.id(call.subscription(), ResourceStore.groupOf(call.target().path()), name),
                body);
    }

    private static ArmCall of(ArmCall call, String method, String id, ObjectNode body) {
        return new ArmCall(method, RequestPath.of(id), Map.of("api-version", VERSION), body, call.caller());
    }
}
