/**
 * Whether a machine will reach a registry, as far as Azure shows.
 *
 * <p>Not here: what a machine itself sees (machine). Uses azure.
 */
package io.keylesspull.setup.step.reach;
