/**
 * The AKS clusters that are chosen on the page of the targets: the model and the list.
 *
 * <p>Uses ui.component, setup and what azure.cluster says of a cluster. Knows no other page.
 */
package io.keylesspull.ui.setup.cluster;
