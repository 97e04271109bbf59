package io.keylesspull.setup.request;

import io.keylesspull.text.Text;

/**
 * One place in a request that breaks a rule.
 *
 * @param path where, as in a setup file: {@code registry.name}, {@code machines[0].size}
 * @param value what stands there, as text; empty where nothing does
 * @param rule what the rule says and how to follow it
 */
public record Violation(String path, String value, Text rule) {}
