/**
 * Kubernetes clusters: what they are, and commands that Azure runs in them.
 *
 * <p>Uses azure.http, azure.model and paging.
 */
package io.keylesspull.azure.cluster;
