/**
 * What the user wants: {@link SetupRequest}, its rules, and the setup file that holds it.
 *
 * <p>Not here: anything that asks Azure. Uses azure.model and text.
 */
package io.keylesspull.setup.request;
