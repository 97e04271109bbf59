package io.keylesspull.ui.component;

import java.util.function.Supplier;

/**
 * Makes something when it is first asked for: pages that are not in sight need not be there before the window is. Used on
 * one thread.
 */
public final class Once<T> implements Supplier<T> {

    private final Supplier<? extends T> maker;
    private T made;

    /** @param maker returns no null */
    public Once(Supplier<? extends T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        if (made == null) {
            made = maker.get();
        }
        return made;
    }
}
