/**
 * The events of a run and how they are published: the events and their values, the publisher that numbers them and
 * passes them on, the interface of the journal that it writes to first, and the state that a run's events add up to.
 *
 * <p>Not here: what causes events (plan and run), and the journal's file (journal). Uses the rooms text and time alone.
 */
package io.keylesspull.engine.event;
