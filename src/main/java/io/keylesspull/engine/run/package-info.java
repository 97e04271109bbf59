/**
 * Runs a plan: which step runs when, what happens to the others if one fails, and how a run is cancelled.
 *
 * <p>Not here: what steps are (plan), and what they report (event). Uses the rooms plan, event, text and time.
 */
package io.keylesspull.engine.run;
