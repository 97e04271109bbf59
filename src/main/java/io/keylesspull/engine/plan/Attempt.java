package io.keylesspull.engine.plan;

import io.keylesspull.engine.event.Failure;

/** One attempt at something that may not be ready yet. */
@FunctionalInterface
public interface Attempt<T> {

    /** @throws NotYet if a later attempt may succeed */
    T look() throws NotYet, Failure, InterruptedException;
}
