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
 * Puts the events of one run in order, masks secrets in them, writes them into the journal and hands them on. Each
 * event gets a number when it is published; a thread of the publisher's own takes them by their numbers. That thread
 * alone writes the journal, and since nobody else knows it, nobody interrupts it: an interrupt would close the file.
 * What is queued together is forced to the disk together.
 */
public final class EventPublisher {

    /** How many characters of output may be queued before whoever publishes more has to wait. */
    static final int CAPACITY = 1 << 20;

    /** What any event takes of the capacity, beside its output. */
    private static final int EVENT = 64;

    private static final class Entry {

        private final long number;
        private final RunEvent event;
        /** Whether a step waits for it. */
        private final boolean awaited;
        /** Why it is not in the journal, or what a listener threw at it; null if nothing went wrong. */
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

    /** Begins to hand events on; what was published before waits for it. */
    public void start() {
        thread.start();
    }

    /** What the run has left so far, by all durable events that {@link #publish} has returned from. */
    public RunState state() {
        return journal.state();
    }

    /**
     * Publishes what a step reports. Of a durable event it returns when the event is on the disk and has been handed
     * on; of any other at once, unless too much is queued. An interrupt does not shorten the wait, and is kept.
     *
     * @param event given the time
     * @throws NotWritten if the event could not be kept; it was handed on all the same
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

    /** Publishes what nothing follows from: never waits, neither for the disk nor for a listener. */
    public void post(Function<Instant, RunEvent> event) {
        lock.lock();
        try {
            add(event, false);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Publishes the last event, without waiting for it. What is only shown and comes later is left out.
     *
     * @param afterwards run by the publisher's thread when the event has been handed on
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
        // A listener may have left an interrupt behind.
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

    /** Ends the step that waits for it; if none does, a mistake of the program is still to be seen. */
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
