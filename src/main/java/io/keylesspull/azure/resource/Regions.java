package io.keylesspull.azure.resource;

import com.azure.resourcemanager.compute.fluent.ComputeManagementClient;
import com.azure.resourcemanager.compute.fluent.VirtualMachineImagesClient;
import com.azure.resourcemanager.compute.fluent.models.ResourceSkuInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineImageInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineImageResourceInner;
import com.azure.resourcemanager.compute.models.ArchitectureTypes;
import com.azure.resourcemanager.compute.models.OperatingSystemTypes;
import com.azure.resourcemanager.compute.models.ResourceSkuCapabilities;
import com.azure.resourcemanager.compute.models.ResourceSkuRestrictions;
import com.azure.resourcemanager.compute.models.ResourceSkuRestrictionsType;
import com.azure.resourcemanager.network.fluent.NetworkManagementClient;
import com.azure.resourcemanager.resources.fluent.SubscriptionsClient;
import com.azure.resourcemanager.resources.fluent.models.LocationInner;
import com.azure.resourcemanager.resources.models.RegionCategory;
import com.azure.resourcemanager.resources.models.RegionType;
import io.keylesspull.azure.http.ArmReads;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.http.SdkValues;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ImageReference;
import io.keylesspull.azure.model.Location;
import io.keylesspull.azure.model.SizeInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The locations, and what machine sizes, quotas and images a subscription has in them. */
public final class Regions {

    private static final String MACHINES = "virtualMachines";
    private static final String LATEST = "latest";
    private static final Set<String> ADDRESSES = Set.of("PublicIPAddresses", "StandardSkuPublicIpAddresses");

    private final String subscription;
    private final Supplier<SubscriptionsClient> subscriptions;
    private final Supplier<ComputeManagementClient> compute;
    private final Supplier<NetworkManagementClient> network;
    private final ArmReads reads;

    /**
     * How much of something a subscription may have in one location.
     *
     * @param name Azure's, such as {@code cores} or {@code standardBSFamily}
     * @param label as the Azure portal shows it
     * @param used how much there is
     * @param limit how much there may be
     */
    public record Quota(String name, String label, long used, long limit) {}

    Regions(
            String subscription,
            Supplier<SubscriptionsClient> subscriptions,
            Supplier<ComputeManagementClient> compute,
            Supplier<NetworkManagementClient> network,
            ArmReads reads) {
        this.reads = reads;
        this.subscription = subscription;
        this.subscriptions = subscriptions;
        this.compute = compute;
        this.network = network;
    }

    /** The physical locations (not "Europe" or "Stage"), recommended ones first, sorted by display name. */
    public List<Location> locations() throws AzureException, InterruptedException {
        Comparator<LocationInner> order = Comparator.<LocationInner, Boolean>comparing(l -> !recommended(l))
                .thenComparing(l -> SdkValues.orEmpty(l.displayName()));
        return SdkCall.list(() -> subscriptions.get().listLocationsAsync(subscription)).stream()
                .filter(Regions::physical)
                .sorted(order)
                .map(l -> new Location(l.name(), SdkValues.orEmpty(l.displayName())))
                .toList();
    }

    /** The machine sizes of a location, sorted by name, also those that the subscription cannot use there. */
    public List<SizeInfo> sizes(String location) throws AzureException, InterruptedException {
        return skus(location).stream()
                .map(Regions::size)
                .sorted(Comparator.comparing(SizeInfo::name))
                .toList();
    }

    /** What the subscription may have of machines and their cores in a location, and how much it has. */
    public List<Quota> quotas(String location) throws AzureException, InterruptedException {
        return SdkCall.list(() -> compute.get().getUsages().listAsync(location)).stream()
                .filter(usage -> usage.name() != null)
                .map(usage -> quota(
                        SdkValues.orEmpty(usage.name().value()),
                        SdkValues.orEmpty(usage.name().localizedValue()),
                        usage.currentValue(),
                        usage.limit()))
                .toList();
    }

    /** What the subscription may have of public addresses in a location, in all and of the SKU Standard. */
    public List<Quota> addressQuotas(String location) throws AzureException, InterruptedException {
        return SdkCall.list(() -> network.get().getUsages().listAsync(location)).stream()
                .filter(usage -> usage.name() != null
                        && ADDRESSES.contains(SdkValues.orEmpty(usage.name().value())))
                .map(usage -> quota(
                        SdkValues.orEmpty(usage.name().value()),
                        SdkValues.orEmpty(usage.name().localizedValue()),
                        usage.currentValue(),
                        usage.limit()))
                .toList();
    }

    private static Quota quota(String name, String label, long used, long limit) {
        return new Quota(name, label.isEmpty() ? name : label, used, limit);
    }

    /** @return empty if the location has no such image */
    public Optional<ImageReference.Details> image(String location, ImageReference image)
            throws AzureException, InterruptedException {
        Optional<String> version =
                image.version().equalsIgnoreCase(LATEST) ? latest(location, image) : Optional.of(image.version());
        return version.isEmpty()
                ? Optional.empty()
                : SdkCall.find(() -> images().getAsync(
                                        location, image.publisher(), image.offer(), image.sku(), version.get()))
                        .map(Regions::details);
    }

    private Optional<String> latest(String location, ImageReference image) throws AzureException, InterruptedException {
        Optional<List<VirtualMachineImageResourceInner>> newest = SdkCall.find(() -> images().listWithResponseAsync(
                        location, image.publisher(), image.offer(), image.sku(), null, 1, "name desc")
                .map(response -> response.getValue()));
        return newest.flatMap(all -> all.stream().findFirst()).map(VirtualMachineImageResourceInner::name);
    }

    private static ImageReference.Details details(VirtualMachineImageInner image) {
        return new ImageReference.Details(
                image.architecture() == null
                        ? ArchitectureTypes.X64.toString()
                        : image.architecture().toString(),
                image.hyperVGeneration() == null
                        ? "V1"
                        : image.hyperVGeneration().toString(),
                image.osDiskImage() == null || image.osDiskImage().operatingSystem() != OperatingSystemTypes.WINDOWS,
                Optional.ofNullable(image.plan())
                        .map(plan -> new ImageReference.Plan(plan.publisher(), plan.product(), plan.name())));
    }

    /**
     * Whether somebody has accepted the terms of an image's plan for the subscription; {@code az vm image terms accept}
     * does it.
     */
    public boolean termsAccepted(ImageReference.Plan plan) throws AzureException, InterruptedException {
        return reads.get("/subscriptions/" + subscription
                        + "/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine/publishers/"
                        + plan.publisher() + "/offers/" + plan.product() + "/plans/" + plan.name()
                        + "/agreements/current?api-version=2021-01-01")
                .at("/properties/accepted")
                .asBoolean();
    }

    private VirtualMachineImagesClient images() {
        return compute.get().getVirtualMachineImages();
    }

    private List<ResourceSkuInner> skus(String location) throws AzureException, InterruptedException {
        return SdkCall.list(() -> compute.get().getResourceSkus().listAsync("location eq '" + location + "'", null))
                .stream()
                .filter(sku -> MACHINES.equalsIgnoreCase(sku.resourceType()))
                .toList();
    }

    private static SizeInfo size(ResourceSkuInner sku) {
        String reason = sku.restrictions() == null
                ? ""
                : sku.restrictions().stream()
                        // A zone's restriction does not matter to machines that are in no zone.
                        .filter(r -> r.type() == ResourceSkuRestrictionsType.LOCATION)
                        .map(ResourceSkuRestrictions::reasonCode)
                        .map(SdkValues::orEmpty)
                        .findFirst()
                        .orElse("");
        boolean restricted = sku.restrictions() != null
                && sku.restrictions().stream().anyMatch(r -> r.type() == ResourceSkuRestrictionsType.LOCATION);
        return new SizeInfo(
                sku.name(),
                SdkValues.orEmpty(sku.family()),
                (int) number(sku, "vCPUs"),
                number(sku, "MemoryGB"),
                capability(sku, "CpuArchitectureType").orElse("x64"),
                capability(sku, "HyperVGenerations").orElse("V1,V2"),
                !restricted,
                reason);
    }

    private static double number(ResourceSkuInner sku, String capability) {
        return capability(sku, capability).map(Double::parseDouble).orElse(0.0);
    }

    private static Optional<String> capability(ResourceSkuInner sku, String name) {
        return sku.capabilities() == null
                ? Optional.empty()
                : sku.capabilities().stream()
                        .filter(c -> name.equalsIgnoreCase(c.name()))
                        .map(ResourceSkuCapabilities::value)
                        .findFirst();
    }

    private static boolean physical(LocationInner location) {
        return location.metadata() == null
                || location.metadata().regionType() == null
                || RegionType.PHYSICAL.equals(location.metadata().regionType());
    }

    private static boolean recommended(LocationInner location) {
        return location.metadata() != null
                && RegionCategory.RECOMMENDED.equals(location.metadata().regionCategory());
    }
}
