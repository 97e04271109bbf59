package io.keylesspull.practice.clock;

import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * When things that begin now will be done. Until {@link #open} everything happens at once and a month ago: what the
 * practice cloud starts with has been there for long, and no delay of Azure's holds for it any more.
 */
public final class PracticeClock {

    private static final Duration AGE = Duration.ofDays(30);

    private final Pace pace;
    private final Time time;
    private volatile boolean open;

    public PracticeClock(Pace pace, Time time) {
        this.pace = pace;
        this.time = time;
    }

    public void open() {
        open = true;
    }

    public Pace pace() {
        return open ? pace : Pace.INSTANT;
    }

    public Instant now() {
        return open ? time.now() : time.now().minus(AGE);
    }

    public Instant after(Duration inAzure) {
        return now().plus(pace().of(inAzure));
    }
}
