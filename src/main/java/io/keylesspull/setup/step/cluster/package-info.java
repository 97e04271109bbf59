/**
 * The steps for Kubernetes clusters: the cluster and its kubelet identity, and the proof that its nodes pull.
 *
 * <p>Not here: the role (step.cloud). Uses setup.step, step.cloud, step.machine, setup.request, azure, remote, engine
 * and text.
 */
package io.keylesspull.setup.step.cluster;
