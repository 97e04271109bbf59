package io.keylesspull.azure.model;

/** Who is signed in. @param name user principal name, or an application's id @param tenantId the directory */
public record Account(String name, String tenantId) {}
