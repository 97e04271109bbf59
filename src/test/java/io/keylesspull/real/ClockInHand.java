package io.keylesspull.real;

import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;

/** A cloud's clock: it follows the real time, can be stopped, and then continues at a later time. */
final class ClockInHand implements Time {

    private Duration ahead = Duration.ZERO;
    private Instant stoppedAt;

    @Override
    public synchronized Instant now() {
        return stoppedAt == null ? Instant.now().plus(ahead) : stoppedAt;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(Math.max(0, duration.toMillis()));
    }

    synchronized void stop() {
        stoppedAt = now();
    }

    synchronized void goOn(Duration later) {
        ahead = Duration.between(Instant.now(), now()).plus(later);
        stoppedAt = null;
    }
}
