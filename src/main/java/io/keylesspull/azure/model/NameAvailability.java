package io.keylesspull.azure.model;

/** Whether a registry can have a name. @param reason Azure's words where it cannot; empty where it can */
public record NameAvailability(boolean available, String reason) {
}
