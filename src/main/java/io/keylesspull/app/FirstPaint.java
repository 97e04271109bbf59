package io.keylesspull.app;

import javafx.animation.AnimationTimer;

/** Does something once a window that was just shown stands on the screen. Made and used on the JavaFX thread. */
final class FirstPaint extends AnimationTimer {

    /**
     * In the first pulse after {@code show()} the scene is laid out and handed to the renderer, whose picture comes back
     * through the JavaFX thread between later pulses.
     */
    private static final int PULSES = 4;

    private final Runnable then;
    private int pulses;

    private FirstPaint(Runnable then) {
        this.then = then;
    }

    static void then(Runnable then) {
        new FirstPaint(then).start();
    }

    @Override
    public void handle(long now) {
        pulses++;
        if (pulses == PULSES) {
            stop();
            then.run();
        }
    }
}
