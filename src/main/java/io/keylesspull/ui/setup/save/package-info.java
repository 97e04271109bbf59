/**
 * The request as a setup file, from the page of the review.
 *
 * <p>Uses ui.component and setup. Knows no page.
 */
package io.keylesspull.ui.setup.save;
