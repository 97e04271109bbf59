/**
 * Whether a machine reaches a registry before it is set up: as far as Azure shows, and with the machine's identity.
 *
 * <p>Not here: the run's own sign-in and pull (machine). Uses setup.request, setup.step, azure, engine, remote and
 * text.
 */
package io.keylesspull.setup.step.reach;
