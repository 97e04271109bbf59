/**
 * What the setup costs, on the page Review.
 *
 * <p>Not here: the estimate (setup.cost). Uses setup.session and ui.component.
 */
package io.keylesspull.ui.setup.cost;
