/**
 * The wizard's window, in JavaFX, sorted by feature: {@code shell} puts the others together.
 *
 * <p>Here live pages, their models (input and state without controls) and the texts of the window
 * ({@code ui/messages.properties}). What is done in Azure or on a machine does not live here: the window asks a
 * {@code Session} and shows a run's events.
 *
 * <p>May use {@code setup}, {@code engine}, {@code text}, {@code time}, and of {@code azure} the records and enums of
 * {@code azure.model}. Outside, only {@code ui.shell} is known. Nothing here blocks the JavaFX thread. No class of the
 * Azure SDK, JSch, Jackson or picocli may be loaded before the first page is shown; the type of a lambda can load one.
 */
package io.keylesspull.ui;
