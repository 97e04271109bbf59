/**
 * Templates that Azure Resource Manager deploys, and the scale sets that it makes from them.
 *
 * <p>Not here: what is in a template (setup.export). Uses azure.http, azure.model.
 */
package io.keylesspull.azure.deployment;
