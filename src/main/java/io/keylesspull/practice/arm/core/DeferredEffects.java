package io.keylesspull.practice.arm.core;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a change of state does to the machines. It happens outside the state's lock, since a machine may itself be
 * waiting for an answer from the control plane, and in the order in which the state changed.
 */
public final class DeferredEffects {

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock inOrder = new ReentrantLock();

    public void add(Runnable effect) {
        waiting.add(effect);
    }

    /** Returns when all that was waiting has happened. */
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
