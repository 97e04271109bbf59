/**
 * {@code Microsoft.ContainerService}: Kubernetes clusters as resources, and commands that are sent to them.
 *
 * <p>Not here: what happens inside a cluster (cluster). Uses arm.core, arm.identity, arm.protocol, cluster, clock and
 * directory.
 */
package io.keylesspull.practice.arm.cluster;
