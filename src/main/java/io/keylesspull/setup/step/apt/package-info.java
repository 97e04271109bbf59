/**
 * Packages on a machine: apt as a program has to call it, what it would remove, and what it waits for. No step lives here.
 * May use {@code setup.step.connection} and {@code setup.step}.
 */
package io.keylesspull.setup.step.apt;
