package io.keylesspull.practice.directory;

/**
 * The only user of the practice cloud.
 *
 * @param objectId GUID of the user in the directory
 * @param name as shown to people
 * @param userPrincipalName such as {@code admin@practice.example}
 * @param tenantId GUID of the directory
 */
public record PracticeUser(String objectId, String name, String userPrincipalName, String tenantId) {}
