package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.SizeInfo;
import io.keylesspull.azure.resource.Regions.Quota;
import io.keylesspull.engine.event.Problem;
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
        return Shortage.find("setup.quota", location, quotas, quota -> wanted(quota, sizes));
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
