/**
 * What the window and the command line can have done: {@link Session} for a signed-in account, {@link Runs} for stored
 * runs, and how a run is started, resumed, undone and stored in its folder.
 *
 * <p>Not here: the steps. Uses every room of setup, azure.resource, remote, engine, disk, text and time.
 */
package io.keylesspull.setup.session;
