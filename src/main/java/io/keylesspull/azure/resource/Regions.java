package io.keylesspull.azure.resource;

import com.azure.resourcemanager.compute.fluent.ComputeManagementClient;
import com.azure.resourcemanager.compute.fluent.models.ResourceSkuInner;
import com.azure.resourcemanager.compute.fluent.models.UsageInner;
import com.azure.resourcemanager.compute.models.ResourceSkuCapabilities;
import com.azure.resourcemanager.compute.models.ResourceSkuRestrictions;
import com.azure.resourcemanager.compute.models.ResourceSkuRestrictionsType;
import com.azure.resourcemanager.resources.fluent.SubscriptionsClient;
import com.azure.resourcemanager.resources.fluent.models.LocationInner;
import com.azure.resourcemanager.resources.models.RegionCategory;
import com.azure.resourcemanager.resources.models.RegionType;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.http.SdkValues;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.Location;
import io.keylesspull.azure.model.Quota;
import io.keylesspull.azure.model.SizeInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The locations, and the machine sizes and quotas that a subscription has in them. */
public final class Regions {

    private static final String MACHINES = "virtualMachines";

    private final String subscription;
    private final Supplier<SubscriptionsClient> subscriptions;
    private final Supplier<ComputeManagementClient> compute;

    Regions(
            String subscription,
            Supplier<SubscriptionsClient> subscriptions,
            Supplier<ComputeManagementClient> compute) {
        this.subscription = subscription;
        this.subscriptions = subscriptions;
        this.compute = compute;
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
                .map(Regions::quota)
                .toList();
    }

    private static Quota quota(UsageInner usage) {
        String name = SdkValues.orEmpty(usage.name().value());
        String label = SdkValues.orEmpty(usage.name().localizedValue());
        return new Quota(name, label.isEmpty() ? name : label, usage.currentValue(), usage.limit());
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
