/**
 * The commands of the base system, and the list of all commands.
 *
 * <p>Not here: apt, Docker, the Azure CLI and what uses the network, which have packages below. Uses machine.shell,
 * machine.state and those packages.
 */
package io.keylesspull.practice.machine.program;
