/**
 * Kubernetes clusters: what they are, and commands that Azure runs in them.
 *
 * <p>Uses azure.http, azure.listing and azure.model.
 */
package io.keylesspull.azure.cluster;
