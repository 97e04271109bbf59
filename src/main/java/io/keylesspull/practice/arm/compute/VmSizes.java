package io.keylesspull.practice.arm.compute;

import io.keylesspull.practice.arm.core.SubscriptionLimits;
import io.keylesspull.practice.data.DataTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The sizes of machines, and in which regions this subscription cannot use them. */
final class VmSizes {

    private final Map<String, Size> byName = new LinkedHashMap<>();
    private final List<List<String>> restrictions = DataTable.rows("restrictions.txt");

    private final SubscriptionLimits limits;

    VmSizes(SubscriptionLimits limits) {
        this.limits = limits;
        for (List<String> row : DataTable.rows("sizes.txt")) {
            byName.put(
                    row.get(0).toLowerCase(Locale.ROOT),
                    new Size(
                            row.get(0),
                            row.get(1),
                            Integer.parseInt(row.get(2)),
                            row.get(3),
                            Integer.parseInt(row.get(4)),
                            Integer.parseInt(row.get(5)),
                            row.get(6)));
        }
    }

    /**
     * @param family whose quota its cores count against
     * @param memoryGb GiB, as text because some have a half
     * @param temporaryGb GiB of local disk, 0 for none
     * @param architecture {@code x64} or {@code Arm64}
     */
    record Size(
            String name,
            String family,
            int cores,
            String memoryGb,
            int dataDisks,
            int temporaryGb,
            String architecture) {

        /** Which image generations it boots: newer series and Arm only the second. */
        String generations() {
            return architecture.equals("Arm64") || name.endsWith("_v6") ? "V2" : "V1,V2";
        }

        boolean boots(String generation) {
            return generations().contains(generation);
        }

        int memoryMb() {
            return (int) (Double.parseDouble(memoryGb) * 1024);
        }
    }

    List<Size> all() {
        return List.copyOf(byName.values());
    }

    /** The families, in the order of the sizes. */
    List<String> families() {
        return byName.values().stream().map(Size::family).distinct().toList();
    }

    Optional<Size> find(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    boolean isRestricted(Size size, String subscription, String location) {
        return limits.isRestricted(subscription, size.name)
                || restrictions.stream()
                        .anyMatch(row -> row.get(0).equalsIgnoreCase(size.name)
                                && (row.get(1).equals("*") || row.get(1).equals(location)));
    }
}
