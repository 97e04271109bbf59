/**
 * Microsoft.Compute: virtual machines, disks, sizes, images, quota and Run Command.
 *
 * <p>Not here: what runs inside a machine (machine). Uses arm.core, arm.protocol, arm.network, data, and of machine the
 * Hypervisor alone.
 */
package io.keylesspull.practice.arm.compute;
