package io.keylesspull.time;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates a value on first use, so that the start does not wait for things that are needed later, such as hidden pages
 * or the Azure SDK. Thread-safe: other threads that ask meanwhile wait and get the same value.
 */
public final class Once<T> implements Supplier<T> {

    private final Supplier<? extends T> maker;
    private @Nullable T made;

    /** @param maker must not return null; if it throws, it is called again the next time */
    public Once(Supplier<? extends T> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized T get() {
        T value = made;
        if (value == null) {
            value = maker.get();
            made = value;
        }
        return value;
    }
}
