package io.keylesspull.engine;

import io.keylesspull.time.Time;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;

/** Hands a run's events on one at a time, each with the time at which it was handed on, so that times never run back. */
final class EventStream {

    private final Time time;
    private final Consumer<RunEvent> listener;

    EventStream(Time time, Consumer<RunEvent> listener) {
        this.time = time;
        this.listener = listener;
    }

    synchronized void tell(Function<Instant, RunEvent> event) {
        listener.accept(event.apply(time.now()));
    }
}
