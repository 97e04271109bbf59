package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.SizeInfo;
import io.keylesspull.azure.resource.Regions.Quota;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Whether a location's quotas are enough for all that a run will make. */
public final class Shortage {

    private static final String ALL_CORES = "cores";
    private static final String MACHINES = "virtualMachines";

    private Shortage() {}

    /**
     * Azure counts the cores of each family of sizes, those of all sizes together, and the machines (Microsoft Learn,
     * "Check vCPU quotas").
     *
     * @param sizes one for each machine
     * @return of the first quota that is too small; its details name all of them
     */
    static Optional<Problem> ofMachines(String location, List<Quota> quotas, List<SizeInfo> sizes) {
        return find("setup.quota", location, quotas, quota -> wanted(quota, sizes));
    }

    /** @param wanted how many public addresses will be made */
    public static Optional<Problem> ofAddresses(String location, List<Quota> quotas, long wanted) {
        return find("setup.addressQuota", location, quotas, any -> wanted);
    }

    private static long wanted(Quota quota, List<SizeInfo> sizes) {
        if (quota.name().equalsIgnoreCase(MACHINES)) {
            return sizes.size();
        }
        return sizes.stream()
                .filter(size ->
                        quota.name().equalsIgnoreCase(ALL_CORES) || quota.name().equalsIgnoreCase(size.family()))
                .mapToLong(SizeInfo::vCpus)
                .sum();
    }

    private static Optional<Problem> find(
            String key, String location, List<Quota> quotas, ToLongFunction<Quota> wanted) {
        List<Quota> tooSmall = new ArrayList<>();
        List<String> details = new ArrayList<>();
        for (Quota quota : quotas) {
            long more = wanted.applyAsLong(quota);
            if (more > 0 && quota.used() + more > quota.limit()) {
                tooSmall.add(quota);
                details.add("%s: %d + %d > %d".formatted(quota.label(), quota.used(), more, quota.limit()));
            }
        }
        return tooSmall.stream().findFirst().map(quota -> {
            long more = wanted.applyAsLong(quota);
            return Failure.of(
                            key,
                            String.join("\n", details),
                            quota.label(),
                            location,
                            String.valueOf(quota.limit()),
                            String.valueOf(quota.used()),
                            String.valueOf(more),
                            String.valueOf(quota.used() + more))
                    .problem();
        });
    }
}
