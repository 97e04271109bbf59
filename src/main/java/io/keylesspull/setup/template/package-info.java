/**
 * What a setup is made of in Azure, as its steps describe it: {@link Template} and its {@link Part}s. It does not know
 * how such a description is written down.
 *
 * <p>Not here: the formats (setup.export). Uses azure.model and remote.
 */
package io.keylesspull.setup.template;
