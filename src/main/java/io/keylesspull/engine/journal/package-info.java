/**
 * The journal as a file: its format, which older versions' journals have too, and how it is kept safe.
 *
 * <p>Not here: what the events mean (event), and which folder a run's journal is in (the room setup). Uses the rooms
 * event and text.
 */
package io.keylesspull.engine.journal;
