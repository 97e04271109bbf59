/**
 * Microsoft.ContainerRegistry: registries as resources, their names and imports.
 *
 * <p>Not here: their images (registry). Uses arm.core, arm.protocol, and of registry the ImageStore alone.
 */
package io.keylesspull.practice.arm.registry;
