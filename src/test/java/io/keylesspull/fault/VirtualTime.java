package io.keylesspull.fault;

import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A clock that stands still while anybody works and leaps to the earliest deadline once nobody has looked at it for a
 * moment and no thread has anything to do, so that those who wait wake up in the order in which they would have, and
 * minutes take milliseconds. It starts at the real time: the sign-in library counts the lifetime of tokens by the
 * computer's own clock.
 *
 * <p>A leap wakes those whose deadline it is, and the next one, who looks whether anybody works. With a thousand who
 * wait, waking all of them each time would be most of the work.
 */
public final class VirtualTime implements Time {

    /** Whoever works looks at the clock more often than this: each event, each answer, each token does. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ReentrantLock lock = new ReentrantLock();
    /** Who is first in it leaps. Only one: of many with the same deadline, each would find the others at work. */
    private final PriorityQueue<Sleeper> sleepers =
            new PriorityQueue<>(Comparator.comparing(Sleeper::deadline).thenComparing(Sleeper::number));

    private final Map<Instant, Runnable> alarms = new TreeMap<>();
    private final BooleanSupplier atWork = new ThreadsAtWork();
    private Instant now = Instant.now();
    private long lookedAt = System.nanoTime();
    private long numbers;

    /** @param number tells those of one deadline apart @param called when it is due, or the first */
    private record Sleeper(Instant deadline, long number, Condition called) {}

    @Override
    public Instant now() {
        lock.lock();
        try {
            lookedAt = System.nanoTime();
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Sleeper me = begin(duration);
        try {
            while (isQuietBefore(me)) {
                // Without the lock: whoever comes to look at the clock now must not seem to be waiting.
                leapIfQuiet(me, atWork.getAsBoolean());
            }
        } finally {
            end(me);
        }
    }

    private Sleeper begin(Duration duration) {
        lock.lock();
        try {
            Sleeper me = new Sleeper(now().plus(duration), numbers++, lock.newCondition());
            sleepers.add(me);
            return me;
        } finally {
            lock.unlock();
        }
    }

    private void end(Sleeper me) {
        lock.lock();
        try {
            sleepers.remove(me);
            callFirst();
        } finally {
            lock.unlock();
        }
    }

    private void callFirst() {
        if (!sleepers.isEmpty()) {
            sleepers.peek().called().signal();
        }
    }

    /** Waits for the deadline, or for a moment of quiet in which it is the earliest. @return false at the deadline */
    private boolean isQuietBefore(Sleeper me) throws InterruptedException {
        lock.lock();
        try {
            while (now.isBefore(me.deadline())) {
                long left = QUIET_NANOS - (System.nanoTime() - lookedAt);
                if (sleepers.peek() != me) {
                    me.called().await();
                } else if (left > 0) {
                    me.called().awaitNanos(left);
                } else {
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void leapIfQuiet(Sleeper me, boolean somebodyWorks) {
        lock.lock();
        try {
            if (somebodyWorks) {
                lookedAt = System.nanoTime();
            } else if (sleepers.peek() == me && System.nanoTime() - lookedAt >= QUIET_NANOS) {
                leap(me.deadline());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets time go by at once, as where a computer sleeps. */
    public void pass(Duration duration) {
        lock.lock();
        try {
            leap(now.plus(duration));
        } finally {
            lock.unlock();
        }
    }

    /** Lets something happen when so much time has gone by: time does not go by for its sake. */
    void after(Duration duration, Runnable act) {
        lock.lock();
        try {
            alarms.put(now.plus(duration), act);
        } finally {
            lock.unlock();
        }
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
        // They stay in the queue until they are awake, so that nobody leaps before that.
        sleepers.stream()
                .filter(sleeper -> !sleeper.deadline().isAfter(to))
                .forEach(sleeper -> sleeper.called().signal());
    }
}
