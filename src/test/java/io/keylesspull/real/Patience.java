package io.keylesspull.real;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits for what other programs bring about. */
public final class Patience {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final long BETWEEN_MILLIS = 50;

    private Patience() {
    }

    /**
     * @param what  for the message
     * @param comes asked again and again
     * @throws IllegalStateException where it does not come true within a minute
     */
    public static void until(String what, BooleanSupplier comes) throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST);
        while (!comes.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("waited in vain: " + what);
            }
            Thread.sleep(BETWEEN_MILLIS);
        }
    }
}
