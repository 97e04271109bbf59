/**
 * What all resource providers work on: stored resources, roles, principals, operations in progress, locations; and what
 * they implement: ResourceProvider and ResourceType.
 *
 * <p>Not here: any provider. Uses arm.protocol, clock, data and directory.
 */
package io.keylesspull.practice.arm.core;
