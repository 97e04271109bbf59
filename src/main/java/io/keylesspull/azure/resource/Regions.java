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

    /**
     * Whether the subscription's quota of processors is enough.
     *
     * @param count of new machines
     * @return the quota that is too small, in Azure's terms with the numbers; empty if all are enough or the size does
     *     not exist there
     */
    public Optional<String> quotaProblem(String location, String size, int count)
            throws AzureException, InterruptedException {
        Optional<ResourceSkuInner> sku = skus(location).stream()
                .filter(s -> size.equalsIgnoreCase(s.name()))
                .findFirst();
        if (sku.isEmpty()) {
            return Optional.empty();
        }
        long cpus = Math.round(number(sku.get(), "vCPUs")) * count;
        String family = SdkValues.orEmpty(sku.get().family());
        return SdkCall.list(() -> compute.get().getUsages().listAsync(location)).stream()
                .flatMap(usage -> problem(usage, family, cpus, count).stream())
                .findFirst();
    }

    private static Optional<String> problem(UsageInner usage, String family, long cpus, int count) {
        String quota =
                usage.name() == null ? "" : SdkValues.orEmpty(usage.name().value());
        boolean ofCpus = quota.equalsIgnoreCase("cores") || quota.equalsIgnoreCase(family);
        if (!ofCpus && !quota.equalsIgnoreCase(MACHINES)) {
            return Optional.empty();
        }
        long wanted = ofCpus ? cpus : count;
        if (usage.currentValue() + wanted <= usage.limit()) {
            return Optional.empty();
        }
        String name = SdkValues.orEmpty(usage.name().localizedValue());
        return Optional.of("%s: %d + %d > %d"
                .formatted(name.isEmpty() ? quota : name, usage.currentValue(), wanted, usage.limit()));
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
        return new SizeInfo(sku.name(), (int) number(sku, "vCPUs"), number(sku, "MemoryGB"), !restricted, reason);
    }

    private static double number(ResourceSkuInner sku, String capability) {
        if (sku.capabilities() == null) {
            return 0;
        }
        return sku.capabilities().stream()
                .filter(c -> capability.equalsIgnoreCase(c.name()))
                .map(ResourceSkuCapabilities::value)
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElse(0);
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
