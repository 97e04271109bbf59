package io.keylesspull.app.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C does to an unattended run: the thread that carries it out is interrupted and given a while to cancel
 * what runs, and to say what is left. A virtual machine that SIGINT ends exits with 130 by itself.
 */
final class Interrupt implements AutoCloseable {

    /** Where the actions are kept that run when the program is told to end. */
    interface Hooks {

        void add(Thread hook);

        void remove(Thread hook);

        /** Those of this program. */
        static Hooks ofProgram() {
            return new Hooks() {
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

    private final Hooks hooks;
    private final Thread job;
    private final Duration patience;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::ending, "ctrl-c");

    private Interrupt(Hooks hooks, Thread job, Duration patience) {
        this.hooks = hooks;
        this.job = job;
        this.patience = patience;
    }

    /** Watches over the calling thread until closed. @param patience how long the end of the program may be put off */
    static Interrupt watch(Hooks hooks, Duration patience) {
        Interrupt interrupt = new Interrupt(hooks, Thread.currentThread(), patience);
        hooks.add(interrupt.hook);
        return interrupt;
    }

    private void ending() {
        job.interrupt();
        try {
            done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
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
