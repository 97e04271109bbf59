package io.keylesspull.fault;

import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still while anybody works and leaps to the earliest deadline once nobody has looked at it for a
 * moment and no thread has anything to do, so that those who wait wake up in the order in which they would have, and
 * minutes take milliseconds. It starts at the real time: the sign-in library counts the lifetime of tokens by the
 * computer's own clock.
 */
public final class VirtualTime implements Time {

    /** Whoever works looks at the clock more often than this: each event, each answer, each token does. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final PriorityQueue<Instant> deadlines = new PriorityQueue<>();
    private final Map<Instant, Runnable> alarms = new TreeMap<>();
    private final BooleanSupplier atWork = new ThreadsAtWork();
    private Instant now = Instant.now();
    private long lookedAt = System.nanoTime();
    /** Looks whether anybody works. Only one: of many with the same deadline, each would find the others at work. */
    private @Nullable Thread leaper;

    @Override
    public synchronized Instant now() {
        lookedAt = System.nanoTime();
        return now;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Instant deadline = begin(duration);
        try {
            while (isQuietBefore(deadline)) {
                // Without the lock: whoever comes to look at the clock now must not seem to be waiting.
                leapIfQuiet(deadline, atWork.getAsBoolean());
            }
        } finally {
            end(deadline);
        }
    }

    private synchronized Instant begin(Duration duration) {
        Instant deadline = now().plus(duration);
        deadlines.add(deadline);
        return deadline;
    }

    private synchronized void end(Instant deadline) {
        deadlines.remove(deadline);
        if (leaper == Thread.currentThread()) {
            leaper = null;
        }
        notifyAll();
    }

    /** Waits for the deadline, or for a moment of quiet in which it is the earliest. @return false at the deadline */
    private synchronized boolean isQuietBefore(Instant deadline) throws InterruptedException {
        Thread me = Thread.currentThread();
        while (now.isBefore(deadline)) {
            long left = QUIET_NANOS - (System.nanoTime() - lookedAt);
            boolean earliest = deadline.equals(deadlines.peek());
            if (leaper == me && !earliest) {
                leaper = null;
                notifyAll();
            }
            if (earliest && leaper == null) {
                leaper = me;
            }
            if (leaper != me) {
                wait();
            } else if (left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } else {
                return true;
            }
        }
        return false;
    }

    private synchronized void leapIfQuiet(Instant deadline, boolean somebodyWorks) {
        if (somebodyWorks) {
            lookedAt = System.nanoTime();
        } else if (deadline.equals(deadlines.peek()) && System.nanoTime() - lookedAt >= QUIET_NANOS) {
            leap(deadline);
        }
    }

    /** Lets time go by at once, as where a computer sleeps. */
    public synchronized void pass(Duration duration) {
        leap(now.plus(duration));
    }

    /** Lets something happen when so much time has gone by: time does not go by for its sake. */
    synchronized void after(Duration duration, Runnable act) {
        alarms.put(now.plus(duration), act);
    }

    private void leap(Instant to) {
        now = to;
        alarms.entrySet().removeIf(alarm -> {
            boolean due = !alarm.getKey().isAfter(to);
            if (due) {
                alarm.getValue().run();
            }
            return due;
        });
        lookedAt = System.nanoTime();
        notifyAll();
    }
}
