/**
 * The Run page and the Done page: one run, from its start to what it proved or undid.
 *
 * <p>{@code RunController} starts and cancels the run and brings its events to the JavaFX thread, {@code RunModel}
 * holds the state of its steps, {@code RunView} shows it. The log beside the steps lives in {@code ui.log}. May use
 * {@code runs}, {@code log} and {@code component}.
 */
package io.keylesspull.ui.run;
