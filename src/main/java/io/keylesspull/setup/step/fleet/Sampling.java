package io.keylesspull.setup.step.fleet;

import java.util.Random;
import java.util.concurrent.Executor;

/**
 * How instances of a scale set are asked.
 *
 * @param workers ask several at once; each question blocks a thread
 * @param random chooses them where there are many
 */
public record Sampling(Executor workers, Random random) {}
