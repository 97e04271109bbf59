package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.Locations;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmPages;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ODataFilter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The catalogue of {@code Microsoft.Compute}: {@code skus} and everything below {@code locations/NAME}. */
final class ComputeCatalogue {

    private static final int SKUS_A_PAGE = 100;

    private final ArmContext context;
    private final VmSizes sizes;
    private final CoreQuota quota;
    private final ImageCatalogue images;

    ComputeCatalogue(ArmContext context, VmSizes sizes, CoreQuota quota, PlatformImages images) {
        this.context = context;
        this.sizes = sizes;
        this.quota = quota;
        this.images = new ImageCatalogue(images);
    }

    ArmReply handle(ArmCall call) {
        if (!call.is("GET")) {
            throw ArmError.methodNotAllowed(call.method());
        }
        if (call.target().isPart(0, "skus")) {
            permit(call, "skus");
            return skus(call);
        }
        String location = location(call);
        String what = call.target().part(2);
        permit(call, "locations/" + what);
        return switch (what.toLowerCase(Locale.ROOT)) {
            case "vmsizes" -> ArmReply.ok(value(sizes.all().stream().map(ComputeCatalogue::vmSize)));
            case "usages" -> ArmReply.ok(value(quota.usages(call.subscription(), location).stream()));
            case "publishers" -> images.handle(call, location);
            default -> throw ArmError.notFound("'" + call.target().path() + "'");
        };
    }

    private String location(ArmCall call) {
        String name = call.target().part(1);
        if (!call.target().isPart(0, "locations") || !context.locations().has(name)) {
            throw ArmError.of(
                    404,
                    "NoRegisteredProviderFound",
                    "No registered resource provider found for location '"
                            + name + "' and API version '" + call.apiVersion() + "' for type '"
                            + call.target().part(2) + "'.");
        }
        return Locations.canonical(name);
    }

    private ArmReply skus(ArmCall call) {
        ODataFilter filter = ODataFilter.of(call);
        return ArmPages.of(
                call,
                context.locations().names().stream()
                        .filter(location -> filter.wanted("location")
                                .map(Locations::canonical)
                                .map(location::equals)
                                .orElse(true))
                        .flatMap(location -> sizes.all().stream().map(size -> sku(size, call.subscription(), location)))
                        .toList(),
                SKUS_A_PAGE);
    }

    private JsonNode sku(VmSizes.Size size, String subscription, String location) {
        ObjectNode sku = Json.object()
                .put("resourceType", "virtualMachines")
                .put("name", size.name())
                .put("tier", "Standard")
                .put("size", size.name().substring("Standard_".length()))
                .put("family", size.family());
        sku.putArray("locations").add(location);
        ObjectNode info = sku.putArray("locationInfo").addObject().put("location", location);
        info.putArray("zoneDetails");
        var zones = info.putArray("zones");
        if (context.locations().hasZones(location)) {
            zones.add("1").add("2").add("3");
        }
        var capabilities = sku.putArray("capabilities");
        Stream.of(
                        List.of("MaxResourceVolumeMB", "" + size.temporaryGb() * 1024),
                        List.of("OSVhdSizeMB", "1047552"),
                        List.of("vCPUs", "" + size.cores()),
                        List.of("vCPUsAvailable", "" + size.cores()),
                        List.of("MemoryGB", size.memoryGb()),
                        List.of("MaxDataDiskCount", "" + size.dataDisks()),
                        List.of("CpuArchitectureType", size.architecture()),
                        List.of("HyperVGenerations", size.generations()),
                        List.of("PremiumIO", "True"))
                .forEach(pair ->
                        capabilities.addObject().put("name", pair.get(0)).put("value", pair.get(1)));
        var restrictions = sku.putArray("restrictions");
        if (sizes.isRestricted(size, subscription, location)) {
            ObjectNode restriction = restrictions.addObject().put("type", "Location");
            restriction.putArray("values").add(location);
            restriction.putObject("restrictionInfo").putArray("locations").add(location);
            restriction.put("reasonCode", "NotAvailableForSubscription");
        }
        return sku;
    }

    private static JsonNode vmSize(VmSizes.Size size) {
        return Json.object()
                .put("name", size.name())
                .put("numberOfCores", size.cores())
                .put("osDiskSizeInMB", 1_047_552)
                .put("resourceDiskSizeInMB", size.temporaryGb() * 1024)
                .put("memoryInMB", size.memoryMb())
                .put("maxDataDiskCount", size.dataDisks());
    }

    private static JsonNode value(Stream<? extends JsonNode> items) {
        return Json.object().set("value", Json.array(items));
    }

    private void permit(ArmCall call, String what) {
        context.access()
                .require(call.caller(), "Microsoft.Compute/" + what + "/read", "/subscriptions/" + call.subscription());
    }
}
