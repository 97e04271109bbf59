/**
 * A setup file that is opened in the window: its reading, and what the first page says of it.
 *
 * <p>May use {@code component} and {@code signin}.
 */
package io.keylesspull.ui.file;
