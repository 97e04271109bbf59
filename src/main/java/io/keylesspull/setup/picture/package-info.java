/**
 * The picture of a setup: who gets access to what, and how far a run has got with it.
 *
 * <p>Not here: how it is drawn (setup.report for a file, ui.picture for the window). Uses engine.event, setup.request
 * and the names of steps and facts.
 */
package io.keylesspull.setup.picture;
