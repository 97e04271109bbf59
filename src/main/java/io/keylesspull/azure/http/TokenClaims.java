package io.keylesspull.azure.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.azure.model.Account;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The claims of an access token about the account. For display only: the service that gets the token verifies it. */
public final class TokenClaims {

    private TokenClaims() {}

    /** @param tenant used if the token names none */
    public static Account account(String jwt, Optional<String> tenant) {
        JsonNode claims = claims(jwt);
        String name = Stream.of("upn", "preferred_username", "unique_name", "app_displayname", "appid", "azp", "oid")
                .map(claim -> claims.path(claim).asText(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return new Account(
                name,
                claims.path("tid").asText(tenant.orElse("")),
                claims.path("oid").asText(""));
    }

    /** When the token was issued, in seconds since 1970; empty if it does not say. */
    static OptionalLong issuedAt(String jwt) {
        JsonNode issued = claims(jwt).path("iat");
        return issued.canConvertToLong() ? OptionalLong.of(issued.asLong()) : OptionalLong.empty();
    }

    private static JsonNode claims(String jwt) {
        ObjectMapper json = new ObjectMapper();
        String[] parts = jwt.split("\\.");
        if (parts.length < 2) {
            return json.createObjectNode();
        }
        try {
            return json.readTree(Base64.getUrlDecoder().decode(parts[1]));
        } catch (IOException | IllegalArgumentException opaque) {
            return json.createObjectNode();
        }
    }
}
