/**
 * The journal's file: its format, which includes that of older versions, and how it is protected against damage.
 *
 * <p>Not here: what the events mean (event), and which folder a run's journal is in (the room setup). Uses the rooms
 * event, disk and text.
 */
package io.keylesspull.engine.journal;
