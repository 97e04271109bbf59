package io.keylesspull.engine.plan;

import java.time.Duration;
import java.util.List;

/**
 * How to go on looking for something that takes its time.
 *
 * @param bound how long in all, from the first look
 * @param waits between looks; the last one is repeated; never empty
 */
public record Retry(Duration bound, List<Duration> waits) {

    public Retry {
        waits = List.copyOf(waits);
        if (waits.isEmpty()) {
            throw new IllegalArgumentException("a retry needs at least one wait");
        }
    }

    /** @param attempt how many looks there have been, from 1 */
    Duration waitAfter(int attempt) {
        return waits.get(Math.min(attempt, waits.size()) - 1);
    }
}
