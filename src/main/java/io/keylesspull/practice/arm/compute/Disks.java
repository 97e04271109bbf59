package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.core.Resources;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.Kind;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.Reply;
import io.keylesspull.practice.arm.protocol.Target;
import java.time.Duration;
import java.util.Optional;

/** {@code Microsoft.Compute/disks}: here a disk comes into being with its machine only. */
final class Disks implements ResourceType {

    static final int OS_DISK_GB = 30;
    private static final Duration DELETE = Duration.ofSeconds(5);

    private final Base base;

    Disks(Base base) {
        this.base = base;
    }

    @Override
    public Kind kind() {
        return Kind.DISK;
    }

    /** The disk that a new machine boots from, as its storage profile says. */
    void create(ObjectNode machine, PlatformImages.Image image) {
        JsonNode profile = machine.at("/properties/storageProfile/osDisk");
        String account = Json.known(profile, "/managedDisk/storageAccountType");
        int sizeGb = profile.path("diskSizeGB").asInt();
        ObjectNode disk = Resources.make(Kind.DISK, Json.known(profile, "/managedDisk/id"), Json.location(machine))
                .put("managedBy", Json.id(machine));
        Resources.tags(disk, machine);
        if (machine.has("zones")) {
            disk.set("zones", machine.get("zones").deepCopy());
        }
        disk.putObject("sku").put("name", account).put("tier", account.startsWith("Premium") ? "Premium" : "Standard");
        ObjectNode properties = Json.properties(disk).put("osType", "Linux").put("hyperVGeneration", image.generation())
                .put("diskSizeGB", sizeGb).put("diskSizeBytes", sizeGb * 1024L * 1024 * 1024)
                .put("timeCreated", base.clock().now().toString()).put("uniqueId", base.guids().next())
                .put("networkAccessPolicy", "AllowAll").put("publicNetworkAccess", "Enabled")
                .put("diskState", "Attached").put("provisioningState", "Succeeded");
        properties.putObject("creationData").put("createOption", "FromImage")
                .set("imageReference", Json.reference(imageId(machine, image)));
        properties.putObject("encryption").put("type", "EncryptionAtRestWithPlatformKey");
        base.store().put(disk);
    }

    private static String imageId(ObjectNode machine, PlatformImages.Image image) {
        return "/Subscriptions/" + Target.of(Json.id(machine)).subscription().orElse("")
                + "/Providers/Microsoft.Compute/Locations/" + Json.location(machine) + "/Publishers/"
                + image.publisher() + "/ArtifactTypes/VMImage/Offers/" + image.offer() + "/Skus/" + image.sku()
                + "/Versions/" + Json.known(machine, "/properties/storageProfile/imageReference/exactVersion");
    }

    /** The machine is gone and the disk stays. */
    static void detach(ObjectNode disk) {
        disk.remove("managedBy");
        Json.properties(disk).put("diskState", "Unattached");
    }

    @Override
    public Reply put(Call call, String id, Optional<ObjectNode> existing) {
        ObjectNode disk = existing.orElseThrow(() -> AzureError.badRequest("BadRequest",
                "The practice cloud makes disks together with machines only."));
        return patch(call, disk);
    }

    @Override
    public Reply patch(Call call, ObjectNode disk) {
        Resources.tags(disk, call.body());
        Json.text(call.body(), "/properties/diskSizeGB").filter(size -> size.matches("\\d{1,5}"))
                .map(Integer::valueOf).ifPresent(size -> {
            if (size < disk.at("/properties/diskSizeGB").asInt()) {
                throw AzureError.badRequest("BadRequest", "Disk '" + Json.name(disk)
                        + "' cannot become smaller than it is.");
            }
            Json.properties(disk).put("diskSizeGB", size).put("diskSizeBytes", size * 1024L * 1024 * 1024);
        });
        return Reply.ok(disk.deepCopy());
    }

    @Override
    public Reply delete(Call call, ObjectNode disk) {
        JsonNode owner = disk.path("managedBy");
        if (!owner.isMissingNode()) {
            throw AzureError.conflict("OperationNotAllowed", "Disk " + Json.name(disk) + " is attached to VM "
                    + owner.asText() + ".");
        }
        return base.operations().accepted(call, base.operations().begin(call, DELETE, () -> drop(disk)),
                OperationLinks.compute(Json.location(disk)));
    }

    @Override
    public void drop(ObjectNode disk) {
        if (base.store().find(Json.id(disk)).orElse(null) != disk) {
            return;
        }
        base.store().remove(Json.id(disk));
        base.access().forget(Json.id(disk));
    }
}
