/**
 * A run's events as lines for people: the file log.txt, and what the command line prints.
 *
 * <p>Not here: the journal, which the program itself reads (engine.journal). Uses engine.event and text.
 */
package io.keylesspull.setup.log;
