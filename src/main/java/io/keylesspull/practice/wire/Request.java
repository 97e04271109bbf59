package io.keylesspull.practice.wire;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request with the address that the client believes it is talking to.
 *
 * @param uri such as {@code https://management.azure.com/subscriptions?api-version=…}
 * @param headers by lower-case name
 */
public record Request(String method, URI uri, Map<String, String> headers, byte[] body) {

    /** Machines name themselves in this header, since all of them send from the same process. */
    public static final String MACHINE = "x-practice-machine";

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** ARM id of the practice machine that sends it; empty for programs outside the practice cloud. */
    public Optional<String> machine() {
        return header(MACHINE);
    }
}
