package io.keylesspull.azure.model;

/**
 * The result of a script of managed Run Command.
 *
 * @param state Azure's {@code executionState}, such as {@code Succeeded}, {@code Failed}, {@code TimedOut}
 * @param exitCode the script's; less than 0 if it was killed, or could not be run
 * @param stdout the last 4,096 bytes
 * @param stderr likewise
 * @param message why it could not be run, as the machine's agent says it; may be empty
 */
public record ScriptResult(String state, int exitCode, String stdout, String stderr, String message) {}
