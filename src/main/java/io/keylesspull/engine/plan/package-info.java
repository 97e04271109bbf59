/**
 * What a run has to do: steps, the facts that they need and establish, the plan that puts them in order, and what a
 * step may use while it runs.
 *
 * <p>Not here: when which step runs, and on which thread (run). Uses the room event, by which steps report what they
 * do, and text and time.
 */
package io.keylesspull.engine.plan;
