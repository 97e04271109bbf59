package io.keylesspull.practice.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.wire.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;

/** An error of the directory with its AADSTS code. */
final class SignInError extends RuntimeException {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final int status;
    private final String error;
    private final int code;
    private final String claims;

    SignInError(int status, String error, int code, String description) {
        this(status, error, code, "AADSTS" + code + ": " + description, "");
    }

    private SignInError(int status, String error, int code, String message, String claims) {
        super(message, null, false, false);
        this.status = status;
        this.error = error;
        this.code = code;
        this.claims = claims;
    }

    static SignInError of(Refusal refusal) {
        return new SignInError(
                400,
                refusal.error(),
                refusal.code(),
                (refusal.code() == 0 ? "" : "AADSTS" + refusal.code() + ": ") + refusal.description(),
                refusal.claims());
    }

    String error() {
        return error;
    }

    static SignInError unknownTenant(String tenant) {
        return new SignInError(
                400,
                "invalid_tenant",
                90002,
                "Tenant '" + tenant + "' not found. Check to make sure you"
                        + " have the correct tenant ID and are signing into the correct cloud. This may happen if "
                        + "there are no"
                        + " active subscriptions for the tenant.");
    }

    static SignInError missing(String parameter) {
        return new SignInError(
                400,
                "invalid_request",
                900144,
                "The request body must contain the following parameter: '" + parameter + "'.");
    }

    static SignInError unknownResource(String resource, String tenant) {
        return new SignInError(
                400,
                "invalid_resource",
                500011,
                "The resource principal named " + resource + " was not found in the tenant named " + tenant + ".");
    }

    static SignInError unknownApplication(String clientId, String tenant) {
        return new SignInError(
                400,
                "unauthorized_client",
                700016,
                "Application with identifier '" + clientId + "' was not found in the directory '" + tenant + "'.");
    }

    static SignInError wrongSecret(String clientId) {
        return new SignInError(
                401,
                "invalid_client",
                7000215,
                "Invalid client secret provided. Ensure the secret being"
                        + " sent in the request is the client secret value, not the client secret ID, for a secret "
                        + "added to app"
                        + " '" + clientId + "'.");
    }

    static SignInError wrongRedirect(String redirect, String clientId) {
        return new SignInError(
                400,
                "invalid_request",
                50011,
                "The redirect URI '" + redirect + "' specified in the request does not match the redirect URIs"
                        + " configured for the application '" + clientId + "'.");
    }

    static SignInError badAuthorizationCode() {
        return new SignInError(
                400, "invalid_grant", 70000, "The provided authorization code is not valid, or it has expired.");
    }

    static SignInError wrongVerifier() {
        return new SignInError(
                400,
                "invalid_grant",
                501481,
                "The Code_Verifier does not match the code_challenge supplied in the authorization request.");
    }

    static SignInError badAssertion(String why) {
        return new SignInError(401, "invalid_client", 700027, why);
    }

    static SignInError oldAssertion() {
        return new SignInError(401, "invalid_client", 700024, "Client assertion is not within its valid time range.");
    }

    static SignInError badDeviceCode() {
        return new SignInError(
                400,
                "bad_verification_code",
                70018,
                "The device_code is not known, or it has expired. Start the sign-in again.");
    }

    static SignInError badRefreshToken() {
        return new SignInError(
                400, "invalid_grant", 700082, "The refresh token is not known, or it has expired. Sign in again.");
    }

    static SignInError unsupportedGrant(String grant) {
        return new SignInError(
                400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type '" + grant + "'.");
    }

    /**
     * The error as the directory sends it, with what its support asks for.
     *
     * @param requestId the client's own id of its request, which the directory repeats
     */
    Response toResponse(Instant now, Optional<String> requestId) {
        String timestamp = STAMP.format(now);
        String trace = id(timestamp + getMessage());
        String correlation = requestId.orElseGet(() -> id(trace));
        ObjectNode body = DirectoryResponses.object()
                .put("error", error)
                .put(
                        "error_description",
                        getMessage() + " Trace ID: " + trace + " Correlation ID: " + correlation + " Timestamp: "
                                + timestamp);
        if (code != 0) {
            body.putArray("error_codes").add(code);
        }
        if (!claims.isEmpty()) {
            body.put("claims", claims);
        }
        return DirectoryResponses.json(
                status,
                body.put("timestamp", timestamp)
                        .put("trace_id", trace)
                        .put("correlation_id", correlation)
                        .put("error_uri", "https://login.microsoftonline.com/error?code=" + code));
    }

    private static String id(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
