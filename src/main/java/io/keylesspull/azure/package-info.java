/**
 * Access to Azure. The only room that knows the Azure SDK.
 *
 * <p>Its rooms, each using only those before it: model (values), http (requests and errors), resource (one class per
 * kind of resource), signin (credentials). Outside of this room, {@code app} creates the sign-in, {@code setup} uses
 * model and resource, and {@code ui} shows the records and enums of model. Uses disk, text and time.
 */
package io.keylesspull.azure;
