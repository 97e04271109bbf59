package io.keylesspull.practice.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.wire.Parameters;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Lets tests make the directory refuse sign-ins, and its tokens expire early or become valid late. In the product it
 * does nothing: {@link #NONE}. Called by many threads.
 */
public interface TokenHook {

    TokenHook NONE = new TokenHook() {};

    /** May add claims to an access or refresh token that is being issued. */
    default void mark(ObjectNode claims) {}

    /** Whether an access token that is otherwise valid is accepted. */
    default boolean accepts(JsonNode accessClaims) {
        return true;
    }

    /** Whether a refresh token that is otherwise valid is accepted. */
    default boolean acceptsSignIn(JsonNode refreshClaims) {
        return true;
    }

    /**
     * Why a sign-in that is otherwise valid is refused; empty if it is not.
     *
     * @param kind {@code authorize} in the browser, {@code devicecode} when a code is issued, otherwise the kind of
     *     grant, such as {@code device_code}, {@code authorization_code} or {@code client_credentials}
     */
    default Optional<Refusal> refuses(String kind, Parameters sent) {
        return Optional.empty();
    }

    /** The certificates that are registered for {@link PracticeApp}. */
    default List<X509Certificate> certificates() {
        return List.of();
    }

    /** How long an access token for a person or an application is valid. */
    default Duration lifetime(Duration usual) {
        return usual;
    }

    /** How long an access token is not valid yet. */
    default Duration start() {
        return Duration.ZERO;
    }
}
