/**
 * The data plane of container registries: the registry protocol with Azure's additions, its tokens, and the stored
 * images.
 *
 * <p>Not here: registries as resources (arm.registry). Uses wire and directory.
 */
package io.keylesspull.practice.registry;
