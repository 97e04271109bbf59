/**
 * Machines as a whole: power, Run Command, and what tests do to a machine from inside.
 *
 * <p>Not here: their parts. Uses all other packages of machine.
 */
package io.keylesspull.practice.machine.host;
