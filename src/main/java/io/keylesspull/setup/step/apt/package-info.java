/**
 * Packages on a machine: how to call apt without questions, what it would install or remove, and what it waits for.
 *
 * <p>Not here: which packages a step installs (step.machine). Uses setup.step, step.connection, remote, engine, text
 * and time.
 */
package io.keylesspull.setup.step.apt;
