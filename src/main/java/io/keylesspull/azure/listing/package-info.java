/**
 * Lists that Azure gives page by page.
 *
 * <p>Not here: how they are asked for, and what is in them.
 */
package io.keylesspull.azure.listing;
