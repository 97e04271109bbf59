/**
 * The steps that run commands on machines, one class per step, with how their changes are undone, and the facts they
 * establish.
 *
 * <p>Not here: which steps a request needs (plan), and by which way a machine is reached (step.connect). Uses
 * setup.step, step.cloud, step.connection and step.apt, setup.request, azure, remote, engine, text and time.
 */
package io.keylesspull.setup.step.machine;
