/**
 * Stopping machines that a run has started.
 *
 * <p>Not here: starting them (setup.step.cloud). Uses setup.step, step.cloud, setup.request, azure, engine and text.
 */
package io.keylesspull.setup.step.power;
