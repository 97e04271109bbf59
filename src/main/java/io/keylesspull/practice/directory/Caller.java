package io.keylesspull.practice.directory;

/**
 * Who sends a request, read from its token.
 *
 * @param objectId the principal's object id
 * @param tenantId the directory
 * @param audience what the token is for, such as {@code https://management.azure.com}
 * @param resourceId the ARM id of the managed identity, or of the machine for a system-assigned one; empty for people
 */
public record Caller(String objectId, String tenantId, String audience, String resourceId) {
}
