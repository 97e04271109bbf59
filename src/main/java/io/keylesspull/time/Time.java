package io.keylesspull.time;

import java.time.Duration;
import java.time.Instant;

/** The clock and waiting. Passed in, so that minutes can pass in a test without waiting. */
public interface Time {

    Instant now();

    /**
     * Waits.
     *
     * @param duration zero or negative returns at once
     * @throws InterruptedException if the thread is interrupted before or during the wait
     */
    void sleep(Duration duration) throws InterruptedException;

    /** The computer's clock. */
    static Time system() {
        return new Time() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(Math.max(0, duration.toMillis()));
            }
        };
    }
}
