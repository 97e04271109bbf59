package io.keylesspull.setup.request;

import io.keylesspull.text.Text;

/**
 * One place in a request that breaks a rule.
 *
 * @param path the place in a setup file: {@code registry.name}, {@code machines[0].size}
 * @param value the value there, as text; empty if there is none; an empty text, and a text where another type belongs,
 *     have their quotes
 * @param rule what the rule says and how to follow it
 */
public record Violation(String path, String value, Text rule) {}
