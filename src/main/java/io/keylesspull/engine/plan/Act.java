package io.keylesspull.engine.plan;

import io.keylesspull.engine.event.Failure;

/**
 * Something that is done.
 *
 * @param <T> what comes of it
 * @param <E> what it may throw besides
 */
@FunctionalInterface
public interface Act<T, E extends Exception> {

    T act() throws E, Failure, InterruptedException;
}
