package io.keylesspull.engine.plan;

import java.time.Duration;
import java.util.List;

/**
 * How long and how often to retry.
 *
 * @param bound the total time, from the first attempt
 * @param waits the waits between attempts; the last one is repeated; never empty
 */
public record Retry(Duration bound, List<Duration> waits) {

    public Retry {
        waits = List.copyOf(waits);
        if (waits.isEmpty()) {
            throw new IllegalArgumentException("a retry needs at least one wait");
        }
    }

    /** @param attempt the number of attempts so far, from 1 */
    public Duration waitAfter(int attempt) {
        return waits.get(Math.min(attempt, waits.size()) - 1);
    }
}
