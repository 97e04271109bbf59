package io.keylesspull.practice.machine.program.az;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;

/** Looks into a token, as clients do that only want to know the tenant. Proves nothing. */
final class JwtClaims {

    private JwtClaims() {
    }

    /** Empty where the token has none, or is none. */
    static String claim(String token, String name) {
        String[] parts = token.split("\\.");
        if (parts.length < 2) {
            return "";
        }
        try {
            return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1])).path(name).asText("");
        } catch (IOException | IllegalArgumentException e) {
            return "";
        }
    }
}
