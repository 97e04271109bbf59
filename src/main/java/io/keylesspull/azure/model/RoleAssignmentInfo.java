package io.keylesspull.azure.model;

/**
 * A role assignment that exists.
 *
 * @param condition in Azure's language; empty if it has none
 * @param created false if it existed before
 */
public record RoleAssignmentInfo(String id, String condition, boolean created) {}
