package io.keylesspull.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;

/** Adds up what JavaFX's thread does between two pulses and in the pulse itself. Used by that thread. */
final class FxWork extends AnimationTimer {

    /** At 60 Hz, in milliseconds. */
    static final double FRAME = 16.7;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Double> pulses = new ArrayList<>();
    private final List<Double> processor = new ArrayList<>();
    private final Runnable onPulse = this::ended;
    private @Nullable Scene scene;
    private long worked;
    private long workedProcessor;
    private long begun;
    private long begunProcessor;

    /** To be called before anything else that works in each pulse is started: timers are called in that order. */
    void watch(Scene shown) {
        scene = shown;
        shown.addPostLayoutPulseListener(onPulse);
        start();
    }

    /** The next pulses are counted from nothing. */
    void forget() {
        pulses.clear();
        processor.clear();
    }

    Scene scene() {
        return Objects.requireNonNull(scene);
    }

    /** In milliseconds, by the wall clock: other work on the computer adds to it. */
    List<Double> pulses() {
        return List.copyOf(pulses);
    }

    /** In milliseconds of the processor's time. */
    List<Double> processor() {
        return List.copyOf(processor);
    }

    /** Later, on that thread; counted. */
    void execute(Runnable task) {
        Platform.runLater(() -> {
            long from = System.nanoTime();
            long fromProcessor = threads.getCurrentThreadCpuTime();
            task.run();
            worked += System.nanoTime() - from;
            workedProcessor += threads.getCurrentThreadCpuTime() - fromProcessor;
        });
    }

    @Override
    public void handle(long pulse) {
        begun = System.nanoTime();
        begunProcessor = threads.getCurrentThreadCpuTime();
    }

    private void ended() {
        pulses.add((worked + System.nanoTime() - begun) / 1e6);
        processor.add((workedProcessor + threads.getCurrentThreadCpuTime() - begunProcessor) / 1e6);
        worked = 0;
        workedProcessor = 0;
    }
}
