package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code publishers/P/artifacttypes/vmimage/offers/O/skus/S/versions/V}, level by level. */
final class ImageCatalogue {

    private final PlatformImages images;

    ImageCatalogue(PlatformImages images) {
        this.images = images;
    }

    ArmReply handle(ArmCall call, String location) {
        List<String> tail = call.target().tail();
        String publisher = call.target().part(3);
        String offer = call.target().part(7);
        String sku = call.target().part(9);
        return switch (tail.size()) {
            case 3 -> list(call, location, images.all().map(PlatformImages.Image::publisher));
            case 7 -> list(call, location, images.of(publisher).map(PlatformImages.Image::offer));
            case 9 -> list(call, location, images.of(publisher, offer).map(PlatformImages.Image::sku));
            case 11 -> versions(call, location, image(publisher, offer, sku));
            case 12 -> ArmReply.ok(version(call, location, image(publisher, offer, sku)));
            default -> throw ArmError.notFound("Artifact: VMImage");
        };
    }

    private PlatformImages.Image image(String publisher, String offer, String sku) {
        return images.find(publisher, offer, sku).orElseThrow(() -> ArmError.notFound("Artifact: VMImage"));
    }

    private static ArmReply list(ArmCall call, String location, Stream<String> names) {
        List<String> found = names.distinct().toList();
        if (found.isEmpty()) {
            throw ArmError.notFound("Artifact: VMImage");
        }
        return ArmReply.ok(Json.array(found.stream().map(name -> entry(call, location, name))));
    }

    private static ArmReply versions(ArmCall call, String location, PlatformImages.Image image) {
        Comparator<String> order = Comparator.naturalOrder();
        if (call.query("$orderby").filter(by -> by.matches("(?i)name +desc")).isPresent()) {
            order = order.reversed();
        }
        long top = call.query("$top")
                .filter(count -> count.matches("\\d{1,6}"))
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
        return ArmReply.ok(Json.array(
                image.versions().stream().sorted(order).limit(top).map(version -> entry(call, location, version))));
    }

    private static JsonNode version(ArmCall call, String location, PlatformImages.Image image) {
        String version =
                image.version(call.target().part(11)).orElseThrow(() -> ArmError.notFound("Artifact: VMImage"));
        ObjectNode node = Json.object()
                .put("id", call.target().path())
                .put("name", version)
                .put("location", location);
        ObjectNode properties = node.putObject("properties")
                .put("hyperVGeneration", image.generation())
                .put("architecture", image.architecture());
        if (image.hasPlan()) {
            properties
                    .putObject("plan")
                    .put("publisher", image.publisher())
                    .put("name", image.sku())
                    .put("product", image.offer());
        }
        properties
                .putObject("osDiskImage")
                .put("operatingSystem", image.system())
                .put("sizeInGb", DiskType.OS_DISK_GB);
        properties.putArray("dataDiskImages");
        properties.putObject("automaticOSUpgradeProperties").put("automaticOSUpgradeSupported", true);
        properties.putObject("imageDeprecationStatus").put("imageState", "Active");
        return node;
    }

    private static JsonNode entry(ArmCall call, String location, String name) {
        return Json.object()
                .put("id", call.target().path() + "/" + name)
                .put("name", name)
                .put("location", location);
    }
}
