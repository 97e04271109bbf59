/**
 * What the resources that a setup makes cost.
 *
 * <p>Not here: the price list (azure.price). Uses azure.price, setup.template and text.
 */
package io.keylesspull.setup.cost;
