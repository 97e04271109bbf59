/**
 * The Kubernetes clusters of the practice cloud: what {@code kubectl} does there, and nodes that pull images.
 *
 * <p>Not here: clusters as resources (arm.cluster). Uses clock, wire, and the pulls and HTTP of the machines' programs.
 */
package io.keylesspull.practice.cluster;
