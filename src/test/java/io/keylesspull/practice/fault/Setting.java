package io.keylesspull.practice.fault;

import java.util.Optional;

/**
 * A value of Azure's that can be overridden for a while. Safe for use by many threads.
 *
 * @param <T> the value, immutable
 */
public final class Setting<T> {

    private record Other<T>(T value, Fault fault) {}

    private volatile Other<T> other;

    /** Sets it, in place of what was set before. */
    public synchronized Fault set(T value) {
        Fault fault = Fault.always(this::forget);
        other = new Other<>(value, fault);
        return fault;
    }

    /** The overriding value; empty if Azure's own value applies. */
    public Optional<T> get() {
        return Optional.ofNullable(other).map(Other::value);
    }

    /** Counts that the overriding value has made a difference. */
    public void struck() {
        Optional.ofNullable(other).map(Other::fault).ifPresent(Fault::strikes);
    }

    private synchronized void forget(Fault fault) {
        if (other != null && other.fault == fault) {
            other = null;
        }
    }
}
