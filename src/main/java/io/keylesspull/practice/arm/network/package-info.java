/**
 * Microsoft.Network: virtual networks, security groups, interfaces, public addresses, and whether they let a connection
 * through.
 *
 * <p>Uses arm.core and arm.protocol.
 */
package io.keylesspull.practice.arm.network;
