package io.keylesspull.practice.arm.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.directory.Caller;
import io.keylesspull.practice.directory.Tokens;
import io.keylesspull.practice.wire.Parameters;
import io.keylesspull.practice.wire.Request;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Turns requests into calls. Refuses those without a valid token, an API version or readable content. */
public final class ArmCallReader {

    private static final String BEARER = "bearer ";

    private final Tokens tokens;

    public ArmCallReader(Tokens tokens) {
        this.tokens = tokens;
    }

    public ArmCall read(Request request) {
        Caller caller = caller(request);
        Map<String, String> query = Parameters.ofQuery(request).firstByName();
        String version = query.getOrDefault("api-version", "");
        if (version.isBlank()) {
            throw ArmError.badRequest(
                    "MissingApiVersionParameter",
                    "The api-version query parameter (?api-version=) is required for all requests.");
        }
        if (!version.matches("\\d{4}-\\d{2}-\\d{2}(-\\w+)?")) {
            throw ArmError.badRequest(
                    "InvalidApiVersionParameter",
                    "The api-version '" + version
                            + "' is invalid. A version is a date, such as '2024-11-01' or '2024-11-01-preview'.");
        }
        RequestPath target =
                RequestPath.of(Optional.ofNullable(request.uri().getPath()).orElse("/"));
        return new ArmCall(request.method(), target, query, body(request), caller);
    }

    private Caller caller(Request request) {
        String authorization = request.header("authorization")
                .orElseThrow(() -> ArmError.of(
                        401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing."));
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw ArmError.of(
                    401,
                    "AuthenticationFailedInvalidHeader",
                    "Authentication failed. The 'Authorization' header is provided in an invalid format.");
        }
        String token = authorization.substring(BEARER.length()).strip();
        Caller caller = tokens.read(token)
                .orElseThrow(() -> tokens.hasExpired(token)
                        ? ArmError.of(
                                401,
                                "ExpiredAuthenticationToken",
                                "The access token expiry UTC time is earlier than current UTC time.")
                        : ArmError.of(401, "InvalidAuthenticationToken", "The access token is invalid."));
        if (!Tokens.audience(caller.audience()).equals(Tokens.ARM)) {
            throw ArmError.of(
                    401,
                    "InvalidAuthenticationTokenAudience",
                    "The access token has been obtained for "
                            + "wrong audience or resource '" + caller.audience()
                            + "'. It should exactly match with one of "
                            + "the allowed audiences '" + Tokens.ARM + "/'.");
        }
        return caller;
    }

    private static ObjectNode body(Request request) {
        if (request.body().length == 0) {
            return Json.object();
        }
        try {
            JsonNode body = Json.parse(request.body());
            if (body instanceof ObjectNode object) {
                return object;
            }
            throw invalidContent("it is not an object");
        } catch (IOException notJson) {
            throw invalidContent("it is not JSON");
        }
    }

    private static ArmError invalidContent(String why) {
        return ArmError.badRequest(
                "InvalidRequestContent", "The request content was invalid and could not be deserialized: " + why + ".");
    }
}
