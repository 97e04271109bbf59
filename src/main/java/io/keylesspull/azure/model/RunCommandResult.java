package io.keylesspull.azure.model;

/**
 * What a script wrote. The service keeps the last 4,096 bytes of each and does not tell the exit status.
 */
public record RunCommandResult(String stdout, String stderr) {
}
