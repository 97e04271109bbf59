/**
 * The signed-in account, its subscriptions, and one small class per kind of resource that finds, creates, changes or
 * deletes it. Each call sends a request and returns values of azure.model.
 *
 * <p>Not here: in which order resources are created, and whether they should be (setup). Uses azure.model, azure.http
 * and time.
 */
package io.keylesspull.azure.resource;
