/**
 * Turns a request into a plan of steps, and what a run left behind into a plan that undoes it. {@link Review} and
 * {@link UndoList} say what these plans would do.
 *
 * <p>Not here: running a plan (engine, by session). Uses the rooms of setup before it, azure, remote, engine and text.
 */
package io.keylesspull.setup.plan;
