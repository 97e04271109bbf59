package io.keylesspull.setup.fleet;

import io.keylesspull.setup.fleet.ControlPlaneLimits.Bucket;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Holds requests back until their bucket has room for them, in the order in which they come; those who wait go on
 * together, second by second. Knows only the requests that are announced here; a tenth of each bucket is left to all
 * others. For use by many threads.
 */
public final class Pacer {

    private static final int TENTHS = 9;

    /** What bucket, and of what: a region, or the account. */
    private record Key(Bucket bucket, String of) {}

    /** When the bucket has been empty, if what was taken until now had been taken as fast as it comes back. */
    private final Map<Key, Instant> empty = new HashMap<>();

    /** Of requests that were sent without being announced: who announces some next waits for them, too. */
    private final Map<Key, Integer> owed = new HashMap<>();

    /** Counts requests that have been sent already, such as the pages of a list. */
    public synchronized void sent(Bucket bucket, String of, int requests) {
        owed.merge(new Key(bucket, of), requests, Integer::sum);
    }

    /**
     * Waits until so many requests may be sent.
     *
     * @param of tells apart buckets of the same kind, such as a region's name
     */
    public void await(Time time, Bucket bucket, String of, int requests) throws InterruptedException {
        time.sleep(reserve(time.now(), bucket, of, requests));
    }

    /** The wait before requests of which nobody else knows yet: from now on they count. */
    private synchronized Duration reserve(Instant now, Bucket bucket, String of, int requests) {
        Duration tenths = bucket.period().multipliedBy(10);
        long refill = (long) bucket.refill() * TENTHS;
        Duration size = tenths.multipliedBy((long) bucket.size() * TENTHS / 10).dividedBy(refill);
        Key key = new Key(bucket, of);
        int all = requests + Objects.requireNonNullElse(owed.remove(key), 0);
        Instant full = now.minus(size);
        Instant before = empty.getOrDefault(key, full);
        Instant after = (before.isBefore(full) ? full : before)
                .plus(tenths.multipliedBy(all).dividedBy(refill));
        empty.put(key, after);
        if (!after.isAfter(now)) {
            return Duration.ZERO;
        }
        Instant whole = after.truncatedTo(ChronoUnit.SECONDS);
        return Duration.between(now, whole.isBefore(after) ? whole.plusSeconds(1) : whole);
    }
}
