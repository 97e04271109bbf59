package io.keylesspull.azure.model;

/**
 * The output of a script. The service keeps the last 4,096 bytes of each stream and does not report the exit status.
 */
public record RunCommandResult(String stdout, String stderr) {}
