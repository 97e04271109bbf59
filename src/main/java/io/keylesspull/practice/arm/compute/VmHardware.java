package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.List;

/** Checks a machine's size, image and zones. */
final class VmHardware {

    private final ArmContext context;
    private final VmSizes sizes;
    private final PlatformImages images;
    private final CoreQuota quota;

    VmHardware(ArmContext context, VmSizes sizes, PlatformImages images, CoreQuota quota) {
        this.context = context;
        this.sizes = sizes;
        this.images = images;
        this.quota = quota;
    }

    /** @param version exact, even if the latest was requested */
    record Boot(PlatformImages.Image image, String version) {}

    /** The size that a request names, in its canonical spelling. */
    VmSizes.Size size(JsonNode body) {
        String name = Json.text(body, "/properties/hardwareProfile/vmSize")
                .orElseThrow(() -> ArmError.invalidParameter(
                        "vmSize", "Required parameter 'hardwareProfile.vmSize' is missing " + "(null)."));
        return sizes.find(name)
                .orElseThrow(() -> ArmError.invalidParameter(
                        "vmSize",
                        "The value " + name
                                + " provided for the VM size is not valid. The valid sizes in the current region are: "
                                + String.join(
                                        ",",
                                        sizes.all().stream()
                                                .map(VmSizes.Size::name)
                                                .toList()) + "."));
    }

    /** Refuses a size that is not available there, or has no quota left. */
    void requireAvailable(VmSizes.Size size, String subscription, String location, String machineId) {
        requireOffered(size, subscription, location);
        quota.require(subscription, location, size, machineId);
    }

    /** Refuses new machines that together exceed the quota. */
    void requireQuota(List<VmSizes.Size> more, String subscription, String location) {
        quota.require(subscription, location, more, "");
    }

    /** Refuses a size that is not available there. */
    void requireOffered(VmSizes.Size size, String subscription, String location) {
        if (sizes.isRestricted(size, subscription, location)) {
            throw ArmError.conflict(
                    "SkuNotAvailable",
                    "The requested VM size for resource 'Following SKUs have "
                            + "failed for Capacity Restrictions: " + size.name()
                            + "' is currently not available in location '"
                            + location
                            + "'. Please try another size or deploy to a different location or different zone. See "
                            + "https://aka.ms/azureskunotavailable for details.");
        }
    }

    Boot boot(JsonNode body, VmSizes.Size size) {
        JsonNode reference = body.at("/properties/storageProfile/imageReference");
        for (String part : List.of("publisher", "offer", "sku", "version")) {
            if (Json.text(reference, "/" + part).isEmpty()) {
                throw ArmError.invalidParameter(
                        "imageReference",
                        "Required parameter 'imageReference." + part
                                + "' is missing (null). The practice cloud has platform images only.");
            }
        }
        String version = reference.path("version").asText();
        Boot boot = images.find(reference)
                .flatMap(image -> image.version(version).map(exact -> new Boot(image, exact)))
                .orElseThrow(() -> ArmError.of(
                        404,
                        "PlatformImageNotFound",
                        "The platform image '"
                                + reference.path("publisher").asText() + ":"
                                + reference.path("offer").asText() + ":"
                                + reference.path("sku").asText() + ":" + version
                                + "' is not available. Verify that all "
                                + "fields in the storage profile are correct. For more details about storage profile "
                                + "information, please refer to https://aka.ms/storageprofile"));
        if (boot.image.system().equals("Windows")
                && body.at("/properties/osProfile").has("linuxConfiguration")) {
            throw ArmError.invalidParameter(
                    "linuxConfiguration",
                    "The property 'linuxConfiguration' is not valid because the image's operating system is Windows.");
        }
        String architecture = boot.image.architecture();
        if (!size.architecture().equals(architecture)) {
            throw ArmError.badRequest(
                    "BadRequest",
                    "Cannot create a VM of size '" + size.name() + "' because this "
                            + "VM size only supports a CPU Architecture of '" + size.architecture()
                            + "', but an image or "
                            + "disk with CPU Architecture '" + architecture
                            + "' was given. Please check that the CPU Architecture of the "
                            + "image or disk is compatible with that of the VM size.");
        }
        if (!size.boots(boot.image.generation())) {
            throw ArmError.badRequest(
                    "BadRequest",
                    "The selected VM size '" + size.name() + "' cannot boot "
                            + "Hypervisor Generation '"
                            + boot.image.generation().substring(1) + "'. If this was a Create "
                            + "operation please check that the Hypervisor Generation of the Image matches the "
                            + "Hypervisor "
                            + "Generation of the selected VM Size.");
        }
        int disk = body.at("/properties/storageProfile/osDisk/diskSizeGB").asInt(DiskType.OS_DISK_GB);
        if (disk < DiskType.OS_DISK_GB) {
            throw ArmError.conflict(
                    "OperationNotAllowed",
                    "The specified disk size " + disk + " GB is smaller than the size of the corresponding disk in the "
                            + "VM image: " + DiskType.OS_DISK_GB + " GB. This is not allowed. Please choose equal or "
                            + "greater size or do not specify an explicit size.");
        }
        return boot;
    }

    /** Refuses availability zones if the region has none. */
    void requireZones(JsonNode body, String location) {
        for (JsonNode zone : body.path("zones")) {
            if (!context.locations().hasZones(location) || !zone.asText().matches("[123]")) {
                throw ArmError.badRequest(
                        "InvalidAvailabilityZone",
                        "The zone(s) '" + zone.asText()
                                + "' for resource '" + ResourceKind.MACHINE.type() + "' is not supported in location '"
                                + location
                                + "'.");
            }
        }
    }
}
