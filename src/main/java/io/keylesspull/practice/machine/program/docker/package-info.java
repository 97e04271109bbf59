/**
 * The docker command: logins, credential helpers, pulls and pushes.
 *
 * <p>Not here: the daemon's state (machine.state). Uses machine.program.net, machine.shell and machine.state.
 */
package io.keylesspull.practice.machine.program.docker;
