package io.keylesspull.practice.wire;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A request as the practice cloud sees it: with the address the client believes it is talking to.
 *
 * @param uri     the original one, such as {@code https://management.azure.com/subscriptions?api-version=…}
 * @param headers by lower-case name
 */
public record Request(String method, URI uri, Map<String, String> headers, byte[] body) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
    }
}
