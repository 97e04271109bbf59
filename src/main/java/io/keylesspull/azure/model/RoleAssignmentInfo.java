package io.keylesspull.azure.model;

/** A role assignment that exists. @param created false if it existed before */
public record RoleAssignmentInfo(String id, boolean created) {}
