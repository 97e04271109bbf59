package io.keylesspull.ui.component;

import io.keylesspull.time.Time;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * The threads and the clock that the window works with.
 *
 * @param background for everything that may block; several tasks at a time
 * @param fxThread runs a task on the JavaFX thread, later
 */
public record Workers(ExecutorService background, Executor fxThread, Time time) {}
