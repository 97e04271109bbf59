package io.keylesspull.azure.model;

/**
 * Who is signed in.
 *
 * @param name user principal name, or an application's id
 * @param tenantId the directory
 * @param objectId in that directory, which roles are granted to; empty if the token does not say
 */
public record Account(String name, String tenantId, String objectId) {}
