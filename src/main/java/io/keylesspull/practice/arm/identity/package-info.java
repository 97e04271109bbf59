/**
 * Microsoft.ManagedIdentity: user-assigned identities, and which identities machines have.
 *
 * <p>Not here: their tokens (directory). Uses arm.core and arm.protocol.
 */
package io.keylesspull.practice.arm.identity;
