/**
 * A run as one HTML file to hand on: what was asked, made, changed and proven.
 *
 * <p>Not here: the journal that it is read from (engine.journal), and the log (setup.log). Uses engine.event,
 * setup.request, setup.plan and text.
 */
package io.keylesspull.setup.report;
