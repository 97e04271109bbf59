package io.keylesspull.app;

import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;

/** As the computer's own clock, but so much later; waits take no time, and the clock goes on by as much. */
final class LaterTime implements Time {

    private Duration later = Duration.ZERO;

    @Override
    public synchronized Instant now() {
        return Instant.now().plus(later);
    }

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        later = later.plus(duration.isNegative() ? Duration.ZERO : duration);
    }
}
