/**
 * The values that this room takes and returns: records, enums, listeners, and {@link AzureException}. No types of the
 * SDK, so that every room that may see Azure at all can use them.
 *
 * <p>Not here: requests and how they are sent. Uses text.
 */
package io.keylesspull.azure.model;
