package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceEnvelope;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.time.Duration;
import java.util.Optional;

/** {@code Microsoft.Compute/disks}: disks are only created together with their machine. */
final class DiskType implements ResourceType {

    static final int OS_DISK_GB = 30;
    private static final Duration DELETE = Duration.ofSeconds(5);

    private final ArmContext context;

    DiskType(ArmContext context) {
        this.context = context;
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.DISK;
    }

    /** Creates the disk that a new machine boots from, by its storage profile. */
    void create(ObjectNode machine, PlatformImages.Image image) {
        JsonNode profile = machine.at("/properties/storageProfile/osDisk");
        String account = Json.known(profile, "/managedDisk/storageAccountType");
        int sizeGb = profile.path("diskSizeGB").asInt();
        ObjectNode disk = ResourceEnvelope.make(
                        ResourceKind.DISK, Json.known(profile, "/managedDisk/id"), Json.location(machine))
                .put("managedBy", Json.id(machine));
        ResourceEnvelope.tags(disk, machine);
        if (machine.has("zones")) {
            disk.set("zones", machine.get("zones").deepCopy());
        }
        disk.putObject("sku").put("name", account).put("tier", account.startsWith("Premium") ? "Premium" : "Standard");
        ObjectNode properties = Json.properties(disk)
                .put("osType", "Linux")
                .put("hyperVGeneration", image.generation())
                .put("diskSizeGB", sizeGb)
                .put("diskSizeBytes", sizeGb * 1024L * 1024 * 1024)
                .put("timeCreated", context.clock().now().toString())
                .put("uniqueId", context.guids().next())
                .put("networkAccessPolicy", "AllowAll")
                .put("publicNetworkAccess", "Enabled")
                .put("diskState", "Attached")
                .put("provisioningState", "Succeeded");
        properties
                .putObject("creationData")
                .put("createOption", "FromImage")
                .set("imageReference", Json.reference(imageId(machine, image)));
        properties.putObject("encryption").put("type", "EncryptionAtRestWithPlatformKey");
        context.store().put(disk);
    }

    private static String imageId(ObjectNode machine, PlatformImages.Image image) {
        return "/Subscriptions/"
                + RequestPath.of(Json.id(machine)).subscription().orElse("")
                + "/Providers/Microsoft.Compute/Locations/" + Json.location(machine) + "/Publishers/"
                + image.publisher() + "/ArtifactTypes/VMImage/Offers/" + image.offer() + "/Skus/" + image.sku()
                + "/Versions/" + Json.known(machine, "/properties/storageProfile/imageReference/exactVersion");
    }

    /** Called when the machine is deleted and the disk stays. */
    static void detach(ObjectNode disk) {
        disk.remove("managedBy");
        Json.properties(disk).put("diskState", "Unattached");
    }

    @Override
    public ArmReply put(ArmCall call, String id, Optional<ObjectNode> existing) {
        ObjectNode disk = existing.orElseThrow(
                () -> ArmError.badRequest("BadRequest", "The practice cloud makes disks together with machines only."));
        return patch(call, disk);
    }

    @Override
    public ArmReply patch(ArmCall call, ObjectNode disk) {
        ResourceEnvelope.tags(disk, call.body());
        Json.text(call.body(), "/properties/diskSizeGB")
                .filter(size -> size.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .ifPresent(size -> {
                    if (size < disk.at("/properties/diskSizeGB").asInt()) {
                        throw ArmError.badRequest(
                                "BadRequest", "Disk '" + Json.name(disk) + "' cannot become smaller than it is.");
                    }
                    Json.properties(disk).put("diskSizeGB", size).put("diskSizeBytes", size * 1024L * 1024 * 1024);
                });
        return ArmReply.ok(disk.deepCopy());
    }

    @Override
    public ArmReply delete(ArmCall call, ObjectNode disk) {
        JsonNode owner = disk.path("managedBy");
        if (!owner.isMissingNode()) {
            throw ArmError.conflict(
                    "OperationNotAllowed", "Disk " + Json.name(disk) + " is attached to VM " + owner.asText() + ".");
        }
        return context.operations()
                .accepted(
                        call,
                        context.operations().begin(call, DELETE, () -> drop(disk)),
                        OperationLinks.compute(Json.location(disk)));
    }

    @Override
    public void drop(ObjectNode disk) {
        if (context.store().find(Json.id(disk)).orElse(null) != disk) {
            return;
        }
        context.remove(disk);
    }
}
