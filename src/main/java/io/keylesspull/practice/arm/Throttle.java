package io.keylesspull.practice.arm;

import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.clock.PracticeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts requests as Azure Resource Manager does: an account has a bucket of reads, of writes and of deletes for each
 * subscription, and for the directory, which fills up again by the second (Microsoft Learn, "Understand how Azure
 * Resource Manager throttles requests"). The practice cloud's pace makes it fill up faster, too. Not safe for use by
 * many threads.
 */
final class Throttle {

    private enum Kind {
        READS(250, 25),
        WRITES(200, 10),
        DELETES(200, 10);

        /** Of the bucket. */
        private final int size;
        /** How much is added. */
        private final int perSecond;

        Kind(int size, int perSecond) {
            this.size = size;
            this.perSecond = perSecond;
        }

        static Kind of(String method) {
            return switch (method) {
                case "GET", "HEAD" -> READS;
                case "DELETE" -> DELETES;
                default -> WRITES;
            };
        }
    }

    private record Bucket(double left, Instant counted) {}

    private final PracticeClock clock;
    private final Map<String, Bucket> buckets = new HashMap<>();

    Throttle(PracticeClock clock) {
        this.clock = clock;
    }

    /**
     * Counts a request.
     *
     * @throws ArmError if the bucket is empty; a second later it is not
     */
    void count(ArmCall call) {
        if (clock.pace() == Pace.INSTANT) {
            return;
        }
        Kind kind = Kind.of(call.method());
        String whose =
                call.target().subscription().orElse("") + " " + call.caller().objectId() + " " + kind;
        Instant now = clock.now();
        Bucket before = buckets.getOrDefault(whose, new Bucket(kind.size, now));
        double second = clock.pace().of(Duration.ofSeconds(1)).toNanos();
        double added = Duration.between(before.counted, now).toNanos() / second * kind.perSecond;
        double left = Math.min(kind.size, before.left + Math.max(0, added));
        if (left < 1) {
            buckets.put(whose, new Bucket(left, now));
            throw ArmError.throttled(call.target().subscription().orElse(""));
        }
        buckets.put(whose, new Bucket(left - 1, now));
    }
}
