/**
 * The az command, as far as the documented steps on a machine need it.
 *
 * <p>Uses machine.program.docker, machine.program.net, machine.shell and machine.state.
 */
package io.keylesspull.practice.machine.program.az;
