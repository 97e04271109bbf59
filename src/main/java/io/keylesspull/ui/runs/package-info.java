/**
 * Earlier runs: the list of them, the offers on the first page, the Undo page before an undo starts, and a stored log.
 *
 * <p>The run that is shown while it runs, an undo too, lives in {@code ui.run}. What a stored run is lives in
 * {@code io.keylesspull.setup}. May use {@code signin}, {@code log} and {@code component}.
 */
package io.keylesspull.ui.runs;
