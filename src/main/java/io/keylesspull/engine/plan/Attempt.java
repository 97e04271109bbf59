package io.keylesspull.engine.plan;

import io.keylesspull.engine.event.Failure;

/** One look at something that may take its time. */
@FunctionalInterface
public interface Attempt<T> {

    /** @throws NotYet where another look later may find it */
    T look() throws NotYet, Failure, InterruptedException;
}
