package io.keylesspull.practice;

import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;

/** A clock that moves only when a test sets it, and whose waits take no time. */
public final class SetTime implements Time {

    private Instant now;

    public SetTime(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration duration) {
        now = now.plus(duration);
    }
}
