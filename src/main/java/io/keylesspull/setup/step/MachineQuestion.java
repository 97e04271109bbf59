package io.keylesspull.setup.step;

/**
 * Something that a check wants to know of a machine that runs.
 *
 * @param name tells it from the others of the same machine; letters and hyphens
 * @param script shell lines that change nothing and print the answer; they run as root, in a subshell of their own
 * @param kept how many bytes of the answer are of use, from its start; Azure returns 4,096 of all answers together
 */
public record MachineQuestion(String name, String script, int kept) {}
