package io.keylesspull.engine.plan;

import io.keylesspull.engine.event.Failure;

/**
 * An action with a result.
 *
 * @param <T> the result
 * @param <E> what it may throw besides
 */
@FunctionalInterface
public interface Act<T, E extends Exception> {

    T act() throws E, Failure, InterruptedException;
}
