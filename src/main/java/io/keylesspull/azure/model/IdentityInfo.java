package io.keylesspull.azure.model;

/** A user-assigned managed identity that exists. @param principalId what roles are granted to, not the client id */
public record IdentityInfo(String id, String name, String resourceGroup, String location, String principalId,
                           String clientId, String tenantId) {
}
