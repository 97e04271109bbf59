/**
 * Draws when the steps of a run ran, in the window.
 *
 * <p>Not here: what the timeline is (engine.event). Uses that and ui.component.
 */
package io.keylesspull.ui.timeline;
