package io.keylesspull.azure.model;

/** A region. @param name such as {@code japaneast} @param displayName such as {@code Japan East} */
public record Location(String name, String displayName) {}
