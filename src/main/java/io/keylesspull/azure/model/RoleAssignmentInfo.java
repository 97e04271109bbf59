package io.keylesspull.azure.model;

/** A role assignment that exists. @param created false where it had existed before */
public record RoleAssignmentInfo(String id, boolean created) {
}
