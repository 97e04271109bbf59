package io.keylesspull.engine.event;

import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.text.Redactor;
import io.keylesspull.time.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts the events of one run in order, masks their secrets, writes them to the journal and passes them to the listener.
 * Each event gets a number when it is published. The publisher's own thread processes the events in that order. Only
 * this thread writes the journal; no other code can interrupt it, and an interrupt would close the file. Events that
 * are queued together are forced to the disk together.
 */
public final class EventPublisher {

    /** How many characters of output may be queued before publishing more has to wait. */
    static final int CAPACITY = 1 << 20;

    /** How much of the capacity each event takes, in addition to its output. */
    private static final int EVENT = 64;

    private static final class Entry {

        private final long number;
        private final RunEvent event;
        /** Whether a step waits until it is written. */
        private final boolean awaited;
        /** Why it is not in the journal, or what the listener threw; null if there was no error. */
        private @Nullable Throwable failure;

        Entry(long number, RunEvent event, boolean awaited) {
            this.number = number;
            this.event = event;
            this.awaited = awaited;
        }
    }

    private final Time time;
    private final Journal journal;
    private final Consumer<RunEvent> listener;
    private final MaskedEvents masked = new MaskedEvents(Redactor.shapesOnly());
    private final Thread thread = new Thread(this::publishAll, "run-events");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final Condition handedOn = lock.newCondition();
    private List<Entry> queue = new ArrayList<>();
    private int queued;
    private long lastNumber;
    private long lastHandedOn;
    private Instant lastTime = Instant.MIN;
    private @Nullable Runnable atEnd;

    /**
     * @param journal where everything durable is written first
     * @param listener gets every event, from the publisher's thread, one at a time; must return quickly and publish
     *     nothing. What it throws ends the step that published the event
     */
    public EventPublisher(Time time, Journal journal, Consumer<RunEvent> listener) {
        this.time = time;
        this.journal = journal;
        this.listener = new OutputParser(listener);
        thread.setDaemon(true);
    }

    /** Starts to process events. Events that were published earlier wait in the queue until then. */
    public void start() {
        thread.start();
    }

    /** What the run has left so far, by all durable events for which {@link #publish} has returned. */
    public RunState state() {
        return journal.state();
    }

    /**
     * Publishes an event of a step. For a durable event, returns when the event is on the disk and the listener has had
     * it. For any other event, returns at once unless too much is queued. An interrupt does not shorten the wait; the
     * thread stays interrupted.
     *
     * @param event given the time
     * @throws NotWritten if the event could not be written; the listener gets it anyway
     */
    public void publish(Function<Instant, RunEvent> event) {
        Entry entry;
        lock.lock();
        try {
            while (queued >= CAPACITY) {
                notFull.awaitUninterruptibly();
            }
            entry = add(event, true);
            while (entry.awaited && lastHandedOn < entry.number) {
                handedOn.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        if (entry.awaited) {
            rethrow(entry.failure);
        }
    }

    /** Publishes an event that nothing depends on. Never waits, neither for the disk nor for the listener. */
    public void post(Function<Instant, RunEvent> event) {
        lock.lock();
        try {
            add(event, false);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Publishes the last event without waiting for it. Events that come later and are only for display are dropped.
     *
     * @param afterwards run by the publisher's thread after the listener has had the event
     */
    public void end(Function<Instant, RunEvent> event, Runnable afterwards) {
        lock.lock();
        try {
            add(event, false);
            atEnd = afterwards;
        } finally {
            lock.unlock();
        }
    }

    private Entry add(Function<Instant, RunEvent> made, boolean awaited) {
        Instant now = time.now();
        lastTime = now.isBefore(lastTime) ? lastTime : now;
        RunEvent event = masked.of(made.apply(lastTime));
        Entry entry = new Entry(lastNumber + 1, event, awaited && event.durable());
        if (atEnd != null) {
            if (event.durable()) {
                throw new IllegalStateException("reported after the end of the run: " + event);
            }
            return entry;
        }
        lastNumber = entry.number;
        queue.add(entry);
        queued +=
                EVENT + (event instanceof CommandOutput output ? output.chunk().length() : 0);
        notEmpty.signal();
        return entry;
    }

    private void publishAll() {
        boolean more = true;
        while (more) {
            List<Entry> batch = take();
            write(batch);
            batch.forEach(this::handOn);
            more = !isLast(batch.get(batch.size() - 1));
        }
        Objects.requireNonNull(atEnd).run();
    }

    private List<Entry> take() {
        lock.lock();
        try {
            while (queue.isEmpty()) {
                notEmpty.awaitUninterruptibly();
            }
            List<Entry> batch = queue;
            queue = new ArrayList<>();
            queued = 0;
            notFull.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private boolean isLast(Entry entry) {
        lock.lock();
        try {
            return atEnd != null && entry.number == lastNumber;
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Entry> batch) {
        List<RunEvent> durable = batch.stream()
                .map(entry -> entry.event)
                .filter(RunEvent::durable)
                .toList();
        if (durable.isEmpty()) {
            return;
        }
        // The listener may have left the thread interrupted.
        Thread.interrupted();
        try {
            journal.write(durable);
        } catch (Failure | RuntimeException | Error e) {
            batch.stream().filter(entry -> entry.event.durable()).forEach(entry -> failed(entry, e));
        }
    }

    private void handOn(Entry entry) {
        try {
            listener.accept(entry.event);
        } catch (RuntimeException | Error e) {
            failed(entry, e);
        }
        if (entry.awaited) {
            lock.lock();
            try {
                lastHandedOn = entry.number;
                handedOn.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Fails the step that waits for the event. If no step waits, the error must still be visible: it is a bug. */
    private void failed(Entry entry, Throwable failure) {
        if (entry.awaited) {
            entry.failure = entry.failure == null ? failure : entry.failure;
        } else if (!(failure instanceof Failure)) {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        }
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof Failure notWritten) {
            throw new NotWritten(notWritten);
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }
}
