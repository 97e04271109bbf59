package io.keylesspull.practice.directory;

/**
 * Who sends a request, as its token says.
 *
 * @param objectId of the principal
 * @param tenantId the directory
 * @param audience what the token is for, such as {@code https://management.azure.com}
 * @param resourceId ARM id of the managed identity, or of the machine if it is system-assigned; empty for people
 */
public record Caller(String objectId, String tenantId, String audience, String resourceId) {}
