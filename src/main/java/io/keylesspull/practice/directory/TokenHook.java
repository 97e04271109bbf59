package io.keylesspull.practice.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * Lets tests make the directory's tokens expire early or become valid late. In the product it does nothing:
 * {@link #NONE}. Called by many threads.
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

    /** How long an access token for a person or an application is valid. */
    default Duration lifetime(Duration usual) {
        return usual;
    }

    /** How long an access token is not valid yet. */
    default Duration start() {
        return Duration.ZERO;
    }
}
