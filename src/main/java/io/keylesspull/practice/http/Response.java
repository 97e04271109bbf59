package io.keylesspull.practice.http;

import java.util.Map;

/** An answer. @param headers by name, one value each */
public record Response(int status, Map<String, String> headers, byte[] body) {
}
