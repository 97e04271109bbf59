package io.keylesspull.real;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits for what other programs bring about. */
final class Patience {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final long BETWEEN_MILLIS = 50;

    private Patience() {
    }

    /** @throws IllegalStateException where it does not come true within a minute */
    static void until(String what, BooleanSupplier comes) throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST);
        while (!comes.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("waited in vain: " + what);
            }
            Thread.sleep(BETWEEN_MILLIS);
        }
    }
}
