package io.keylesspull.setup.fleet;

import java.time.Duration;

/**
 * What Azure's control plane lets through, as documented. All buckets are full at first. Sources: learn.microsoft.com,
 * "Understand how Azure Resource Manager throttles requests" (per subscription and principal), "Compute throttling
 * limits" (Update VM: a change of a machine, and a Run Command made, changed or deleted; per subscription in a region)
 * and "ARM template best practices" (what a template may hold).
 */
public final class ControlPlaneLimits {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    public static final Bucket READS = new Bucket(250, 25, SECOND);
    public static final Bucket WRITES = new Bucket(200, 10, SECOND);
    public static final Bucket DELETES = new Bucket(200, 10, SECOND);
    /** Of all machines of a subscription in a region. */
    public static final Bucket MACHINE_UPDATES = new Bucket(1_500, 500, MINUTE);
    /** Of one machine. */
    public static final Bucket UPDATES_OF_A_MACHINE = new Bucket(12, 4, MINUTE);

    public static final int RESOURCES_OF_A_TEMPLATE = 800;
    /** After variables and loops have become text. */
    public static final int BYTES_OF_A_TEMPLATE = 4 * 1024 * 1024;
    /** What the template has besides its resources, and what it takes to be on the safe side. */
    private static final int SPARE_BYTES = 256 * 1024;

    /** The identity's addition, a script, and that script's deletion. */
    private static final int UPDATES = 3;

    private ControlPlaneLimits() {}

    /**
     * A token bucket.
     *
     * @param size what may be asked for at once
     * @param refill what comes back in each period
     */
    public record Bucket(int size, int refill, Duration period) {

        /** How long so many requests take at least, from a full bucket on. */
        public Duration least(int requests) {
            return requests <= size
                    ? Duration.ZERO
                    : period.multipliedBy(requests - (long) size).dividedBy(refill);
        }
    }

    /**
     * How long so many existing machines of one region take at least, whatever their scripts do.
     *
     * @return in whole minutes, at least 1
     */
    public static long leastMinutes(int machines) {
        Duration updates = MACHINE_UPDATES.least(UPDATES * machines);
        Duration writes = WRITES.least(machines);
        Duration longest = updates.compareTo(writes) > 0 ? updates : writes;
        return Math.max(1, longest.plusSeconds(59).toMinutes());
    }

    /** How many resources of a size one template takes. @param bytes of each, written out */
    public static int resourcesOfATemplate(int bytes) {
        return Math.max(1, Math.min(RESOURCES_OF_A_TEMPLATE, (BYTES_OF_A_TEMPLATE - SPARE_BYTES) / Math.max(1, bytes)));
    }
}
