package io.keylesspull.engine;

/**
 * The name and type of something a step finds out or brings about, and others rely on.
 *
 * <p>A fact that a machine's step establishes holds for that machine alone; one that a shared step establishes holds
 * for all. A step that needs a fact takes its own machine's, or else the shared one.
 *
 * @param name unique in a plan, upper case with underscores
 * @param type what its value is
 */
public record Fact<T>(String name, Class<T> type) {
}
