package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.Resources;
import io.keylesspull.practice.arm.core.Store;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.Kind;
import java.util.List;
import java.util.Optional;

/** What is kept of a new machine: what was asked for, and what Azure adds to it. */
final class MachineModel {

    private static final List<String> AS_ASKED = List.of("securityProfile", "diagnosticsProfile", "priority",
            "evictionPolicy", "licenseType");

    private final Base base;

    MachineModel(Base base) {
        this.base = base;
    }

    ObjectNode make(Call call, String id, String location, Sizes.Size size, String version, List<ObjectNode> nics) {
        JsonNode asked = call.body().path("properties");
        ObjectNode machine = Resources.make(Kind.MACHINE, id, location);
        Resources.tags(machine, call.body());
        if (call.body().path("zones").size() > 0) {
            machine.set("zones", call.body().get("zones").deepCopy());
        }
        ObjectNode properties = Json.properties(machine).put("vmId", base.guids().next())
                .put("timeCreated", base.clock().now().toString());
        properties.putObject("hardwareProfile").put("vmSize", size.name());
        ObjectNode storage = properties.putObject("storageProfile");
        ObjectNode image = asked.at("/storageProfile/imageReference").deepCopy();
        storage.set("imageReference", image.put("exactVersion", version));
        storage.set("osDisk", osDisk(asked.at("/storageProfile/osDisk"), id, size));
        storage.putArray("dataDisks");
        storage.put("diskControllerType", "SCSI");
        properties.set("osProfile", osProfile(asked.path("osProfile"), Store.nameOf(id)));
        properties.putObject("networkProfile").set("networkInterfaces",
                interfaces(asked.at("/networkProfile/networkInterfaces"), nics));
        AS_ASKED.stream().filter(asked::has).forEach(name -> properties.set(name, asked.get(name).deepCopy()));
        return machine;
    }

    private ObjectNode osDisk(JsonNode asked, String machineId, Sizes.Size size) {
        String name = Json.text(asked, "/name").orElseGet(() -> Store.nameOf(machineId) + "_OsDisk_1_"
                + base.guids().next().replace("-", ""));
        String diskId = machineId.substring(0, machineId.indexOf("/providers/")) + "/providers/" + Kind.DISK.type()
                + "/" + name;
        if (base.store().find(Kind.DISK, diskId).isPresent()) {
            throw AzureError.conflict("ConflictingUserInput", "Disk '" + name + "' already exists in resource group '"
                    + Store.groupOf(machineId) + "'. Only CreateOption.Attach is supported.");
        }
        ObjectNode disk = Json.object().put("osType", "Linux").put("name", name).put("createOption", "FromImage")
                .put("caching", Json.text(asked, "/caching").orElse("ReadWrite"));
        disk.putObject("managedDisk").put("storageAccountType",
                Json.text(asked, "/managedDisk/storageAccountType").orElse("Premium_LRS")).put("id", diskId);
        return disk.put("deleteOption", Json.text(asked, "/deleteOption").orElse("Detach"))
                .put("diskSizeGB", Math.max(Disks.OS_DISK_GB, asked.path("diskSizeGB").asInt()));
    }

    private static ObjectNode osProfile(JsonNode asked, String name) {
        ObjectNode profile = Json.object().put("computerName", computerName(asked, name))
                .put("adminUsername", asked.path("adminUsername").asText());
        ObjectNode linux = asked.path("linuxConfiguration").isObject()
                ? asked.get("linuxConfiguration").deepCopy() : Json.object();
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
            throw AzureError.invalidParameter("computerName", "Linux host name cannot exceed 64 characters in length "
                    + "or contain the following characters: ` ~ ! @ # $ % ^ & * ( ) = + _ [ ] { } \\ | ; : ' \" , < > "
                    + "/ ?.");
        }
        return computer;
    }

    private static ArrayNode interfaces(JsonNode asked, List<ObjectNode> nics) {
        ArrayNode all = Json.array();
        for (int i = 0; i < nics.size(); i++) {
            ObjectNode entry = all.addObject().put("id", Json.id(nics.get(i)));
            Optional<JsonNode> properties = Optional.of(asked.path(i).path("properties")).filter(JsonNode::isObject);
            properties.ifPresent(found -> entry.set("properties", found.deepCopy()));
            if (nics.size() > 1 && properties.isEmpty()) {
                entry.putObject("properties").put("primary", i == 0);
            }
        }
        return all;
    }
}
