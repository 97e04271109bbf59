package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.SizeInfo;
import io.keylesspull.azure.resource.Regions.Quota;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a location's quotas are enough for all machines that a run will make. Azure counts the cores of each family
 * of sizes, those of all sizes together, and the machines (Microsoft Learn, "Check vCPU quotas").
 */
final class MachineQuota {

    private static final String ALL_CORES = "cores";
    private static final String MACHINES = "virtualMachines";

    private MachineQuota() {}

    /**
     * @param quotas of the location
     * @param sizes one for each machine
     * @return of the first quota that is too small; its details name all of them
     */
    static Optional<Problem> shortage(String location, List<Quota> quotas, List<SizeInfo> sizes) {
        List<Quota> tooSmall = new ArrayList<>();
        List<String> details = new ArrayList<>();
        for (Quota quota : quotas) {
            long wanted = wanted(quota, sizes);
            if (wanted > 0 && quota.used() + wanted > quota.limit()) {
                tooSmall.add(quota);
                details.add("%s: %d + %d > %d".formatted(quota.label(), quota.used(), wanted, quota.limit()));
            }
        }
        return tooSmall.stream().findFirst().map(quota -> {
            long wanted = wanted(quota, sizes);
            return Failure.of(
                            "setup.quota",
                            String.join("\n", details),
                            quota.label(),
                            location,
                            String.valueOf(quota.limit()),
                            String.valueOf(quota.used()),
                            String.valueOf(wanted),
                            String.valueOf(quota.used() + wanted))
                    .problem();
        });
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
}
