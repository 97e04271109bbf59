/**
 * Draws the picture of a setup in the window: on the pages Review, Run and Done.
 *
 * <p>Not here: what the picture is (setup.picture). Uses that and ui.component.
 */
package io.keylesspull.ui.picture;
