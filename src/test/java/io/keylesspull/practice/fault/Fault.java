package io.keylesspull.practice.fault;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A fault that was set: how often it has struck, and the way to end it. Safe for use by many threads. */
public final class Fault {

    private final Occasions occasions;
    private final Consumer<Fault> removal;
    private final AtomicInteger matches = new AtomicInteger();
    private final AtomicInteger strikes = new AtomicInteger();

    Fault(Occasions occasions, Consumer<Fault> removal) {
        this.occasions = occasions;
        this.removal = removal;
    }

    /** One that strikes at every match. @param removal ends it; called each time that {@link #remove} is */
    public static Fault always(Consumer<Fault> removal) {
        return new Fault(Occasions.always(), removal);
    }

    /** @param removal ends it; called each time that {@link #remove} is */
    public static Fault of(Occasions when, Consumer<Fault> removal) {
        return new Fault(when, removal);
    }

    /** How often it has struck so far. */
    public int fired() {
        return strikes.get();
    }

    /** How often it matched so far, including the occasions on which it did not strike. */
    public int matched() {
        return matches.get();
    }

    /** Ends the fault. Its counts stay. May be called again. */
    public void remove() {
        removal.accept(this);
    }

    /** Counts a match. @return whether the fault strikes this time, which is counted, too */
    public boolean strikes() {
        boolean strikes = occasions.include(matches.incrementAndGet());
        if (strikes) {
            this.strikes.incrementAndGet();
        }
        return strikes;
    }
}
