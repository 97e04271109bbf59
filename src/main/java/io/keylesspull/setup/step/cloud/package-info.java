/**
 * The steps that work in Azure, one class per step, and the facts they establish. A step's class has its whole story:
 * what it would do, what it does, what a person would type, and how it is undone.
 *
 * <p>Not here: commands on machines (step.machine), and which steps a request needs (plan). Uses setup.step,
 * setup.request, azure, remote, engine and text.
 */
package io.keylesspull.setup.step.cloud;
