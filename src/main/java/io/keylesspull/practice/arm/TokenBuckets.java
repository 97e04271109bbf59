package io.keylesspull.practice.arm;

import io.keylesspull.practice.clock.PracticeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Buckets of tokens, of which each request takes one, and which fill up again as time goes by. The practice cloud's
 * pace makes them fill up faster, too. Not safe for use by many threads.
 */
final class TokenBuckets {

    private record Level(double left, Instant counted) {}

    private final PracticeClock clock;
    private final Map<String, Level> levels = new HashMap<>();

    TokenBuckets(PracticeClock clock) {
        this.clock = clock;
    }

    /**
     * Takes a token.
     *
     * @param bucket its name; one that was not heard of before is full
     * @param size how many tokens it holds
     * @param refill the time in Azure in which one token is added
     * @return if there is none, after what time there is one
     */
    Optional<Duration> take(String bucket, int size, Duration refill) {
        Instant now = clock.now();
        Level before = levels.getOrDefault(bucket, new Level(size, now));
        double one = clock.pace().of(refill).toNanos();
        double added = Math.max(0, Duration.between(before.counted, now).toNanos()) / one;
        double left = Math.min(size, before.left + added);
        boolean enough = left >= 1;
        levels.put(bucket, new Level(enough ? left - 1 : left, now));
        return enough ? Optional.empty() : Optional.of(Duration.ofNanos((long) ((1 - left) * one)));
    }
}
