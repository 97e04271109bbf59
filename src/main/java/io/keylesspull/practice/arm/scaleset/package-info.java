/**
 * {@code Microsoft.Compute/virtualMachineScaleSets}, Flexible ones. Their instances are machines like any other, which
 * are made by calls to the control plane.
 *
 * <p>Uses core, identity and protocol.
 */
package io.keylesspull.practice.arm.scaleset;
