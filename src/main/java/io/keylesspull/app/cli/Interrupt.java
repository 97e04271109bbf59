package io.keylesspull.app.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Handles Ctrl-C, and SIGTERM alike, during unattended work: interrupts the working thread and gives it time to cancel
 * the run and to print what is left. A Java process that SIGINT or SIGTERM ends exits with 128 and its number by
 * itself: 130 or 143.
 */
final class Interrupt implements AutoCloseable {

    /** Where shutdown hooks are registered. */
    interface ShutdownHooks {

        void add(Thread hook);

        void remove(Thread hook);

        /** Those of this Java process. */
        static ShutdownHooks ofProgram() {
            return new ShutdownHooks() {
                @Override
                public void add(Thread hook) {
                    Runtime.getRuntime().addShutdownHook(hook);
                }

                @Override
                public void remove(Thread hook) {
                    try {
                        Runtime.getRuntime().removeShutdownHook(hook);
                    } catch (IllegalStateException alreadyEnding) {
                        // The hook is running, and ends by itself.
                        return;
                    }
                }
            };
        }
    }

    private final ShutdownHooks hooks;
    private final Thread worker;
    private final Duration timeout;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::ending, "ctrl-c");

    private Interrupt(ShutdownHooks hooks, Thread worker, Duration timeout) {
        this.hooks = hooks;
        this.worker = worker;
        this.timeout = timeout;
    }

    /** Watches over the calling thread until closed. @param timeout how long the end of the program may be delayed */
    static Interrupt watch(ShutdownHooks hooks, Duration timeout) {
        Interrupt interrupt = new Interrupt(hooks, Thread.currentThread(), timeout);
        hooks.add(interrupt.hook);
        return interrupt;
    }

    private void ending() {
        worker.interrupt();
        try {
            done.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        hooks.remove(hook);
        done.countDown();
    }
}
