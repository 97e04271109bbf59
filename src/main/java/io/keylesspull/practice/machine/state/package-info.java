/**
 * What a machine keeps: users, files, packages, Docker's images, Azure accounts, locks.
 *
 * <p>Not here: commands, which change it. Uses machine, clock, data, sshkey and wire.
 */
package io.keylesspull.practice.machine.state;
