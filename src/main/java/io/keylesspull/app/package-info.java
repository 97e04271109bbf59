/**
 * The composition root: starts the program, creates its parts and connects them. Also everything that depends on the
 * operating system: the data folder, the browser, the window's light or dark look.
 *
 * <p>Not here: what a setup does (setup) and how the window looks (ui). May use every room.
 */
package io.keylesspull.app;
