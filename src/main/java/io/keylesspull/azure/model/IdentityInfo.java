package io.keylesspull.azure.model;

/** A user-assigned managed identity that exists. @param principalId the id that roles are granted to */
public record IdentityInfo(
        String id,
        String name,
        String resourceGroup,
        String location,
        String principalId,
        String clientId,
        String tenantId) {}
