/**
 * What happens in a run, and how it is published: the events and the values in them, the publisher that numbers them
 * and hands them on, the journal it writes to first, and what a run's events say that it has left in the world.
 *
 * <p>Not here: what makes events happen (plan and run), and how a journal is kept in a file (journal). Uses the rooms
 * text and time alone.
 */
package io.keylesspull.engine.event;
