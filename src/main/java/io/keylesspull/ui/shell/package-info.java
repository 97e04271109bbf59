/**
 * The window itself: its frame, its list of steps, the buttons, and which page comes when. {@code Wizard} makes all
 * models and pages and connects them.
 *
 * <p>No page lives here, and nothing that a page shows. May use every other room of {@code ui}; none of them may use
 * this one.
 */
package io.keylesspull.ui.shell;
