package io.keylesspull.azure.model;

/** A directory. @param domain its default domain; may be empty */
public record Tenant(String id, String name, String domain) {}
