/**
 * Microsoft.Authorization: role assignments, role definitions and locks.
 *
 * <p>Not here: whether somebody may do something, which Access in arm.core decides. Uses arm.core and arm.protocol.
 */
package io.keylesspull.practice.arm.access;
