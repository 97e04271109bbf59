package io.keylesspull.practice.wire;

import java.util.Map;

/** An answer. @param headers by name, one value each */
public record Response(int status, Map<String, String> headers, byte[] body) {
}
