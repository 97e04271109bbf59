package io.keylesspull.practice.arm;

import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.clock.PracticeClock;
import java.time.Duration;

/**
 * Counts requests as Azure Resource Manager does: an account has a bucket of reads, of writes and of deletes for each
 * subscription, and for the directory, which fills up again by the second (Microsoft Learn, "Understand how Azure
 * Resource Manager throttles requests"). Not safe for use by many threads.
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

    private final PracticeClock clock;
    private final TokenBuckets buckets;

    Throttle(PracticeClock clock) {
        this.clock = clock;
        this.buckets = new TokenBuckets(clock);
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
        String subscription = call.target().subscription().orElse("");
        String whose = subscription + " " + call.caller().objectId() + " " + kind;
        if (buckets.take(whose, kind.size, Duration.ofSeconds(1).dividedBy(kind.perSecond))
                .isPresent()) {
            throw ArmError.throttled(subscription);
        }
    }
}
