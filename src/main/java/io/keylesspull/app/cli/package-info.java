/**
 * The command line: its options, unattended runs, and what is printed as text and as JSON.
 *
 * <p>Not here: how sessions, the window and the practice server are created (app implements the interfaces of this
 * room). Uses setup, engine, text, time, and practice.clock for the pace of the practice cloud.
 */
package io.keylesspull.app.cli;
