package io.keylesspull.azure.model;

/** Whether a registry can have a name. @param reason Azure's reason if it cannot; empty if it can */
public record NameAvailability(boolean available, String reason) {}
