/**
 * What public registries tell everybody about their images: is the image there that Azure is to import?
 *
 * <p>Not here: Azure's own registries (resource), which are asked with the account's rights. Uses azure.model and
 * azure.http.
 */
package io.keylesspull.azure.publicimage;
