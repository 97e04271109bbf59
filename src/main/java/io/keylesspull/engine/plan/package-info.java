/**
 * What a run has to do: steps, the facts that they need and establish, the plan that orders them, and the context of a
 * running step.
 *
 * <p>Not here: when which step runs, and on which thread (run). Uses the room event, for what steps report, and text
 * and time.
 */
package io.keylesspull.engine.plan;
