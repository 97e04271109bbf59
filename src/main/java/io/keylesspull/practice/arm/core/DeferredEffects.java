package io.keylesspull.practice.arm.core;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What changes of state do to the machines. Run outside the state's lock, since a machine may itself be waiting for a
 * response from the control plane, and in the order of the changes.
 */
public final class DeferredEffects {

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock inOrder = new ReentrantLock();

    public void add(Runnable effect) {
        waiting.add(effect);
    }

    /**
     * Open once all effects have ended that were added before. Another caller may have taken the last one and still be
     * at it, so that an empty queue says nothing.
     */
    public CountDownLatch done() {
        CountDownLatch done = new CountDownLatch(1);
        add(done::countDown);
        return done;
    }

    /** Runs all effects that are waiting. */
    public void run() {
        if (waiting.isEmpty()) {
            return;
        }
        inOrder.lock();
        try {
            for (Runnable effect = waiting.poll(); effect != null; effect = waiting.poll()) {
                effect.run();
            }
        } finally {
            inOrder.unlock();
        }
    }
}
