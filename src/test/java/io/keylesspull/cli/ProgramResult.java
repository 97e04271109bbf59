package io.keylesspull.cli;

/**
 * How a program ended.
 *
 * @param status its exit status
 * @param out what it printed
 * @param err what it printed as its errors
 */
public record ProgramResult(int status, String out, String err) {}
