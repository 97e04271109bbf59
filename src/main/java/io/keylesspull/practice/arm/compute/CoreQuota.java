package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmHook;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.core.SubscriptionLimits;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How many cores a subscription may have in a region. Deallocated machines count, too. Source:
 * learn.microsoft.com/azure/virtual-machines/quotas.
 */
final class CoreQuota {

    private static final int REGION = 20;
    private static final int FAMILY = 16;
    private static final int MANY = 1_000;
    private static final int MACHINES = 25_000;

    private final ResourceStore store;
    private final VmSizes sizes;
    private final SubscriptionLimits limits;
    private final ArmHook hook;

    CoreQuota(ResourceStore store, VmSizes sizes, SubscriptionLimits limits, ArmHook hook) {
        this.store = store;
        this.sizes = sizes;
        this.limits = limits;
        this.hook = hook;
    }

    /**
     * Refuses a size if its cores exceed the quota.
     *
     * @param instead id of the machine that is resized; its cores do not count
     */
    void require(String subscription, String location, VmSizes.Size size, String instead) {
        require(subscription, location, List.of(size), instead);
    }

    /** The same for several machines together. @param instead empty if none is resized */
    void require(String subscription, String location, List<VmSizes.Size> more, String instead) {
        require(
                location,
                "Total Regional Cores",
                regional(subscription),
                cores(subscription, location, instead, any -> true),
                more.stream().mapToInt(VmSizes.Size::cores).sum());
        more.stream()
                .map(VmSizes.Size::family)
                .distinct()
                .forEach(family -> require(
                        location,
                        familyLabel(family) + " Cores",
                        ofFamily(subscription),
                        cores(
                                subscription,
                                location,
                                instead,
                                other -> other.family().equals(family)),
                        more.stream()
                                .filter(size -> size.family().equals(family))
                                .mapToInt(VmSizes.Size::cores)
                                .sum()));
    }

    /** In the form of {@code locations/…/usages}. */
    List<JsonNode> usages(String subscription, String location) {
        int machines = (int) machines(subscription, location, "").count();
        Stream<JsonNode> general = Stream.of(
                usage("availabilitySets", "Availability Sets", 0, 2_500),
                usage(
                        "cores",
                        "Total Regional vCPUs",
                        cores(subscription, location, "", any -> true),
                        regional(subscription)),
                usage("virtualMachines", "Virtual Machines", machines, MACHINES));
        return Stream.concat(
                        general,
                        sizes.families().stream()
                                .map(family -> usage(
                                        family,
                                        familyLabel(family) + " vCPUs",
                                        cores(
                                                subscription,
                                                location,
                                                "",
                                                size -> size.family().equals(family)),
                                        ofFamily(subscription))))
                .toList();
    }

    private int regional(String subscription) {
        return hook.regionalCores(limits.cores(subscription, REGION));
    }

    /** A subscription that has very many cores in a region may have all of them in one family. */
    private int ofFamily(String subscription) {
        return regional(subscription) >= MANY ? regional(subscription) : FAMILY;
    }

    private static void require(String location, String what, int limit, int used, int more) {
        if (used + more > limit) {
            throw ArmError.conflict(
                    "OperationNotAllowed",
                    "Operation could not be completed as it results in "
                            + "exceeding approved " + what + " quota. Additional details - Deployment Model: Resource "
                            + "Manager, Location: " + location + ", Current Limit: " + limit + ", Current Usage: "
                            + used
                            + ", Additional Required: " + more + ", (Minimum) New Limit Required: " + (used + more)
                            + ". Choose a smaller size or another region, delete machines that are not needed, or "
                            + "ask for "
                            + "more quota at https://aka.ms/quotas.");
        }
    }

    private int cores(String subscription, String location, String without, Predicate<VmSizes.Size> counted) {
        return machines(subscription, location, without)
                .flatMap(machine -> sizes.find(Json.known(machine, "/properties/hardwareProfile/vmSize")).stream())
                .filter(counted)
                .mapToInt(VmSizes.Size::cores)
                .sum();
    }

    private Stream<ObjectNode> machines(String subscription, String location, String without) {
        String scope = "/subscriptions/" + subscription;
        return store.all(ResourceKind.MACHINE)
                .filter(machine -> Json.location(machine).equals(location)
                        && ResourceStore.isUnder(Json.id(machine), scope)
                        && !ResourceStore.same(Json.id(machine), without));
    }

    private static JsonNode usage(String name, String label, int used, int limit) {
        ObjectNode usage =
                Json.object().put("limit", limit).put("unit", "Count").put("currentValue", used);
        usage.putObject("name").put("value", name).put("localizedValue", label);
        return usage;
    }

    /** {@code standardDSv5Family} → {@code Standard DSv5 Family}. */
    private static String familyLabel(String family) {
        return family.replaceFirst("^standard", "Standard ").replaceFirst("Family$", " Family");
    }
}
