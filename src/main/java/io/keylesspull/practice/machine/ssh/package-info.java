/**
 * SSH access to a machine: its server, the relay in front of it, and the hooks by which tests break both.
 *
 * <p>Not here: what a command does (machine.shell). Uses machine.shell, machine.state and sshkey.
 */
package io.keylesspull.practice.machine.ssh;
