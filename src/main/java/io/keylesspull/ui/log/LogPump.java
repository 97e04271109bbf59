package io.keylesspull.ui.log;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/**
 * Brings changes of the buffer to the list once per pulse, for a few milliseconds at most, and sleeps if there are
 * none: a flood of output neither freezes the window nor queues up work for it.
 */
final class LogPump {

    private static final long LINES_NANOS = 3_000_000;

    /** In pulses: a list of rows of unequal height is at its end only after it was laid out once or twice. */
    private static final int SETTLING = 4;

    private final LogLines lines;
    private final BooleanSupplier following;
    private final Supplier<Runnable> before;
    private final Runnable after;
    private final AtomicBoolean awake = new AtomicBoolean();
    private int quiet;
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            pulse();
        }
    };

    /**
     * @param following whether the newest line is kept in view
     * @param before called before the lines change; what it returns is run after they have
     * @param after run after that
     */
    LogPump(LogLines lines, BooleanSupplier following, Supplier<Runnable> before, Runnable after) {
        this.lines = lines;
        this.following = following;
        this.before = before;
        this.after = after;
    }

    void wakeFromAnyThread() {
        if (awake.compareAndSet(false, true)) {
            Platform.runLater(timer::start);
        }
    }

    void wake() {
        awake.set(true);
        timer.start();
    }

    private void pulse() {
        // First, so that a change during this pulse wakes the next one.
        boolean woken = awake.getAndSet(false);
        Runnable keep = before.get();
        boolean more = lines.drain(following.getAsBoolean(), LINES_NANOS);
        keep.run();
        after.run();
        if (more) {
            awake.set(true);
        }
        quiet = woken || more ? 0 : quiet + 1;
        if (quiet >= SETTLING) {
            timer.stop();
        }
    }
}
