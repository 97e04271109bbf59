package io.keylesspull.azure;

import java.util.function.Supplier;

/** Makes something when it is first asked for: the SDK's managers take a second to load. */
final class Once<T> implements Supplier<T> {

    private final Supplier<T> maker;
    private T made;

    Once(Supplier<T> maker) {
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
