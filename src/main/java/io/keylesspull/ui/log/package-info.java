/**
 * The log: the live one ({@code LogWriter} writes events into {@code LogBuffer}, {@code LogView} shows it) and the one
 * that a run stored in its folder.
 *
 * <p>The log file in a run's folder is written in {@code io.keylesspull.setup}. Terminal output is parsed in
 * {@code io.keylesspull.text}. May use {@code component}.
 */
package io.keylesspull.ui.log;
