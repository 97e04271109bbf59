/**
 * What Azure asks for its resources, by its public price list.
 *
 * <p>Not here: which resources a setup makes (setup.cost). Uses azure.http and azure.model.
 */
package io.keylesspull.azure.price;
