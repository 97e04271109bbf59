/**
 * The steps that open the way to a machine: the key, the connection. The only steps that know by which way it goes.
 *
 * <p>Not here: what is done on the machine (setup.step.machine). Uses setup.step and its other packages, azure.model,
 * remote, engine, text and time.
 */
package io.keylesspull.setup.step.connect;
