package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceEnvelope;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.List;
import java.util.Optional;

/** Makes the stored model of a new machine: the request's properties and those that Azure adds. */
final class VmModel {

    private static final List<String> AS_ASKED = List.of(
            "securityProfile",
            "diagnosticsProfile",
            "priority",
            "evictionPolicy",
            "licenseType",
            "virtualMachineScaleSet");

    private final ArmContext context;

    VmModel(ArmContext context) {
        this.context = context;
    }

    ObjectNode make(
            ArmCall call, String id, String location, VmSizes.Size size, String version, List<ObjectNode> nics) {
        JsonNode asked = call.body().path("properties");
        requireScaleSet(asked, id, location);
        ObjectNode machine = ResourceEnvelope.make(ResourceKind.MACHINE, id, location);
        ResourceEnvelope.tags(machine, call.body());
        if (call.body().path("zones").size() > 0) {
            machine.set("zones", call.body().get("zones").deepCopy());
        }
        ObjectNode properties = Json.properties(machine)
                .put("vmId", context.guids().next())
                .put("timeCreated", context.clock().now().toString());
        properties.putObject("hardwareProfile").put("vmSize", size.name());
        ObjectNode storage = properties.putObject("storageProfile");
        ObjectNode image = asked.at("/storageProfile/imageReference").deepCopy();
        storage.set("imageReference", image.put("exactVersion", version));
        storage.set("osDisk", osDisk(asked.at("/storageProfile/osDisk"), id));
        storage.putArray("dataDisks");
        storage.put("diskControllerType", "SCSI");
        properties.set("osProfile", osProfile(asked.path("osProfile"), ResourceStore.nameOf(id)));
        properties
                .putObject("networkProfile")
                .set("networkInterfaces", interfaces(asked.at("/networkProfile/networkInterfaces"), nics));
        AS_ASKED.stream()
                .filter(asked::has)
                .forEach(name -> properties.set(name, asked.get(name).deepCopy()));
        return machine;
    }

    /** The scale set that a machine is to belong to must be there. */
    private void requireScaleSet(JsonNode asked, String id, String location) {
        Optional<String> set = Json.text(asked, "/virtualMachineScaleSet/id");
        if (set.isPresent()
                && context.store()
                        .find(ResourceKind.SCALE_SET, set.get())
                        .filter(found -> Json.location(found).equals(location))
                        .isEmpty()) {
            throw ArmError.invalidReference(set.get(), id);
        }
    }

    private ObjectNode osDisk(JsonNode asked, String machineId) {
        String name = Json.text(asked, "/name")
                .orElseGet(() -> ResourceStore.nameOf(machineId) + "_OsDisk_1_"
                        + context.guids().next().replace("-", ""));
        String diskId = machineId.substring(0, machineId.indexOf("/providers/")) + "/providers/"
                + ResourceKind.DISK.type() + "/" + name;
        if (context.store().find(ResourceKind.DISK, diskId).isPresent()) {
            throw ArmError.conflict(
                    "ConflictingUserInput",
                    "Disk '" + name + "' already exists in resource group '" + ResourceStore.groupOf(machineId)
                            + "'. Only CreateOption.Attach is supported.");
        }
        ObjectNode disk = Json.object()
                .put("osType", "Linux")
                .put("name", name)
                .put("createOption", "FromImage")
                .put("caching", Json.text(asked, "/caching").orElse("ReadWrite"));
        disk.putObject("managedDisk")
                .put(
                        "storageAccountType",
                        Json.text(asked, "/managedDisk/storageAccountType").orElse("Premium_LRS"))
                .put("id", diskId);
        return disk.put("deleteOption", Json.text(asked, "/deleteOption").orElse("Detach"))
                .put("diskSizeGB", asked.path("diskSizeGB").asInt(DiskType.OS_DISK_GB));
    }

    private static ObjectNode osProfile(JsonNode asked, String name) {
        ObjectNode profile = Json.object()
                .put("computerName", computerName(asked, name))
                .put("adminUsername", asked.path("adminUsername").asText());
        ObjectNode linux = asked.path("linuxConfiguration").isObject()
                ? asked.get("linuxConfiguration").deepCopy()
                : Json.object();
        if (!linux.has("disablePasswordAuthentication")) {
            linux.put("disablePasswordAuthentication", false);
        }
        linux.put("provisionVMAgent", true);
        linux.putObject("patchSettings").put("patchMode", "ImageDefault").put("assessmentMode", "ImageDefault");
        profile.set("linuxConfiguration", linux);
        profile.putArray("secrets");
        return profile.put("allowExtensionOperations", true).put("requireGuestProvisionSignal", true);
    }

    private static String computerName(JsonNode asked, String name) {
        String computer = Json.text(asked, "/computerName").orElse(name);
        if (!computer.matches("[A-Za-z0-9]([-A-Za-z0-9.]{0,62}[A-Za-z0-9])?")) {
            throw ArmError.invalidParameter(
                    "computerName",
                    "Linux host name cannot exceed 64 characters in length "
                            + "or contain the following characters: ` ~ ! @ # $ % ^ & * ( ) = + _ [ ] { } \\ | ; : ' "
                            + "\" , < > / ?.");
        }
        return computer;
    }

    private static ArrayNode interfaces(JsonNode asked, List<ObjectNode> nics) {
        ArrayNode all = Json.array();
        for (int i = 0; i < nics.size(); i++) {
            ObjectNode entry = all.addObject().put("id", Json.id(nics.get(i)));
            Optional<JsonNode> properties =
                    Optional.of(asked.path(i).path("properties")).filter(JsonNode::isObject);
            properties.ifPresent(found -> entry.set("properties", found.deepCopy()));
            if (nics.size() > 1 && properties.isEmpty()) {
                entry.putObject("properties").put("primary", i == 0);
            }
        }
        return all;
    }
}
