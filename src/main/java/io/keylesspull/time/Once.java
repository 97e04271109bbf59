package io.keylesspull.time;

import java.util.function.Supplier;

/**
 * Makes something when it is first asked for, so that nothing waits for what it does not need yet: the window for pages
 * that are not in sight, the program for the Azure SDK. Thread-safe: whoever asks meanwhile waits and gets the same.
 */
public final class Once<T> implements Supplier<T> {

    private final Supplier<? extends T> maker;
    private T made;

    /** @param maker returns no null; where it throws, it is asked again the next time */
    public Once(Supplier<? extends T> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized T get() {
        if (made == null) {
            made = maker.get();
        }
        return made;
    }
}
