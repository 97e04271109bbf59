package io.keylesspull.practice.clock;

import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * The practice cloud's clock. Until {@link #open} everything happens at once and 30 days ago, so that no delay applies
 * any more to what the practice cloud starts with.
 */
public final class PracticeClock {

    private static final Duration AGE = Duration.ofDays(30);

    private final Pace pace;
    private final Time time;
    private final ThreadLocal<Instant> past = new ThreadLocal<>();
    private final ThreadLocal<Boolean> before = ThreadLocal.withInitial(() -> false);
    private volatile boolean open;

    public PracticeClock(Pace pace, Time time) {
        this.pace = pace;
        this.time = time;
    }

    public void open() {
        open = true;
    }

    private boolean isOpen() {
        return open && !before.get();
    }

    /** Lets something happen as before {@link #open}, for this thread. */
    public void before(Runnable what) {
        before.set(true);
        try {
            what.run();
        } finally {
            before.remove();
        }
    }

    public Pace pace() {
        return isOpen() ? pace : Pace.INSTANT;
    }

    public Instant now() {
        Instant asOf = past.get();
        if (asOf != null) {
            return asOf;
        }
        return isOpen() ? time.now() : time.now().minus(AGE);
    }

    /** Lets something happen as if it were that time, for this thread. */
    public void at(Instant instant, Runnable what) {
        Instant before = past.get();
        past.set(instant);
        try {
            what.run();
        } finally {
            past.set(before);
        }
    }

    public Instant after(Duration inAzure) {
        return now().plus(pace().of(inAzure));
    }
}
