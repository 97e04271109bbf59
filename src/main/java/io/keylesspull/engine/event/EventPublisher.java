package io.keylesspull.engine.event;

import io.keylesspull.text.Redactor;
import io.keylesspull.time.Time;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes a run's events down and hands them on, one at a time, each with the time at which it happened, so that times
 * never run back. Secrets go no further than here.
 */
public final class EventPublisher {

    private final Time time;
    private final Journal journal;
    private final Consumer<RunEvent> listener;
    private final MaskedEvents masked = new MaskedEvents(Redactor.shapesOnly());

    public EventPublisher(Time time, Journal journal, Consumer<RunEvent> listener) {
        this.time = time;
        this.journal = journal;
        this.listener = listener;
    }

    public RunState state() {
        return journal.state();
    }

    /** For what something follows from. @throws NotWritten where it could not be kept; it was handed on all the same */
    public void publish(Function<Instant, RunEvent> event) {
        synchronized (this) {
            RunEvent happened = masked.of(event.apply(time.now()));
            try {
                journal.write(happened);
            } catch (Failure e) {
                throw new NotWritten(e);
            } finally {
                listener.accept(happened);
            }
        }
    }

    /** For an end, which is an end whether or not it could be written down. */
    public void publishEnd(Function<Instant, RunEvent> event) {
        try {
            publish(event);
        } catch (NotWritten alreadyTold) {
            // Whatever the journal misses after its first gap is told on screen alone.
            return;
        }
    }
}
