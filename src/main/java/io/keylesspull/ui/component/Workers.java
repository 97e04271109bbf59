package io.keylesspull.ui.component;

import io.keylesspull.time.Time;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * Who does what on which thread.
 *
 * @param background for everything that may block
 * @param screen     runs on the thread that owns the controls
 */
public record Workers(ExecutorService background, Executor screen, Time time) {
}
