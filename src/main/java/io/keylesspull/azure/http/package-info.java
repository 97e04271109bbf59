/**
 * How requests get to Azure and back: the HTTP pipelines with retries, tokens and long-running operations, the route to
 * the practice cloud, and how errors become {@link io.keylesspull.azure.model.AzureException}s.
 *
 * <p>Not here: what is requested (resource), and where tokens come from (signin). Uses azure.model, text and time;
 * outside of azure only {@code app} uses it.
 */
package io.keylesspull.azure.http;
