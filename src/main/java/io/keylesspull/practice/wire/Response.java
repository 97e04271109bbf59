package io.keylesspull.practice.wire;

import java.util.Map;

/** A response. @param headers by name, one value each */
public record Response(int status, Map<String, String> headers, byte[] body) {}
