/**
 * The practice cloud's Linux machines. Here is only the Hypervisor, by which the control plane starts and stops them.
 *
 * <p>Not here: the machines themselves, which have packages below. Uses no other package; nothing in machine uses arm,
 * registry or directory.
 */
package io.keylesspull.practice.machine;
