package io.keylesspull.practice.arm.scaleset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceEnvelope;
import io.keylesspull.practice.arm.identity.UserAssignedIdentities;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The stored model of a scale set, and how it is shown. Source: Azure/azure-cli, recording
 * {@code vm/tests/latest/recordings/test_create_flexible_vmss_with_priority_mix_policy.yaml}.
 */
final class ScaleSetModel {

    private static final List<String> AS_ASKED =
            List.of("platformFaultDomainCount", "zoneBalance", "scaleInPolicy", "automaticRepairsPolicy");
    private static final String OS = "/properties/virtualMachineProfile/osProfile";

    private final ArmContext context;

    ScaleSetModel(ArmContext context) {
        this.context = context;
    }

    ObjectNode make(ArmCall call, String id, String location) {
        JsonNode body = call.body();
        JsonNode asked = body.path("properties");
        ObjectNode set = ResourceEnvelope.make(ResourceKind.SCALE_SET, id, location);
        ResourceEnvelope.tags(set, body);
        if (body.path("zones").size() > 0) {
            set.set("zones", body.get("zones").deepCopy());
        }
        identify(call, set, false);
        if (body.path("sku").isObject()) {
            ObjectNode sku =
                    set.putObject("sku").put("name", body.at("/sku/name").asText());
            sku.put("tier", "Standard").put("capacity", body.at("/sku/capacity").asInt());
        }
        ObjectNode properties = Json.properties(set).put("singlePlacementGroup", false);
        properties.put("orchestrationMode", "Flexible");
        properties
                .putObject("upgradePolicy")
                .put("mode", Json.text(asked, "/upgradePolicy/mode").orElse("Manual"));
        String now = context.clock().now().toString();
        if (asked.path("virtualMachineProfile").isObject()) {
            properties.set("virtualMachineProfile", profile(asked.get("virtualMachineProfile"), now));
        }
        AS_ASKED.stream()
                .filter(asked::has)
                .forEach(name -> properties.set(name, asked.get(name).deepCopy()));
        properties.put("uniqueId", context.guids().next());
        properties.put("constrainedMaximumCapacity", false).put("timeCreated", now);
        return set;
    }

    /** What every instance gets, with Azure's own values where the request has none. */
    private static ObjectNode profile(JsonNode asked, String now) {
        ObjectNode profile = asked.deepCopy();
        ObjectNode disk = profile.withObject("/storageProfile/osDisk").put("osType", "Linux");
        setIfMissing(disk, "createOption", "FromImage");
        setIfMissing(disk, "caching", "ReadWrite");
        setIfMissing(disk, "deleteOption", "Delete");
        setIfMissing(disk.withObject("/managedDisk"), "storageAccountType", "Premium_LRS");
        for (JsonNode nic : profile.at("/networkProfile/networkInterfaceConfigurations")) {
            setIfMissing(((ObjectNode) nic).withObject("/properties"), "deleteOption", "Delete");
        }
        return profile.put("timeCreated", now);
    }

    private static void setIfMissing(ObjectNode object, String name, String value) {
        if (Json.text(object, "/" + name).isEmpty()) {
            object.put(name, value);
        }
    }

    /**
     * Sets the identities if the request names any. They are checked before anything changes.
     *
     * @param merge for PATCH: identities are added, and those with null removed
     */
    void identify(ArmCall call, ObjectNode set, boolean merge) {
        JsonNode asked = call.body().path("identity");
        if (!asked.isObject()) {
            return;
        }
        ScaleSetRules.requireIdentity(call.body());
        List<String> ids = new ArrayList<>();
        if (merge) {
            set.at("/identity/userAssignedIdentities").fieldNames().forEachRemaining(ids::add);
        }
        for (Map.Entry<String, JsonNode> one :
                asked.path("userAssignedIdentities").properties()) {
            ids.removeIf(one.getKey()::equalsIgnoreCase);
            if (!one.getValue().isNull()) {
                ids.add(Json.id(UserAssignedIdentities.assignable(context, call, Json.id(set), one.getKey())));
            }
        }
        set.remove("identity");
        if (!ids.isEmpty()) {
            ObjectNode identity = set.putObject("identity").put("type", "UserAssigned");
            ids.forEach(identity.putObject("userAssignedIdentities")::putObject);
        }
    }

    /** Without what Azure never shows. */
    static ObjectNode shown(ObjectNode set) {
        ObjectNode shown = set.deepCopy();
        if (shown.at(OS) instanceof ObjectNode os) {
            os.remove(List.of("customData", "adminPassword"));
        }
        return shown;
    }
}
