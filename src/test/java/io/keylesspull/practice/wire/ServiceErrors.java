package io.keylesspull.practice.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The error responses of each service for statuses that are not the client's fault. Sources: responses of the real
 * services in the issues of Azure/azure-cli, azure-sdk-for-python and terraform-provider-azurerm; for registries the
 * distribution specification.
 */
final class ServiceErrors {

    private static final String DIRECTORY = "login.microsoftonline.com";
    private static final String METADATA = "169.254.169.254";
    private static final String CONTROL_PLANE = "management.azure.com";

    private ServiceErrors() {}

    /** What the service a request is for answers with this status. */
    static Response answer(Request request, int status) {
        String host = String.valueOf(request.uri().getHost()).toLowerCase(Locale.ROOT);
        return switch (host) {
            case CONTROL_PLANE -> ofControlPlane(request, status);
            case DIRECTORY -> ofDirectory(status);
            case METADATA ->
                json(
                        status,
                        object().put("error", status == 429 ? "too_many_requests" : "unknown")
                                .put("error_description", "The service cannot answer at the moment"));
            default -> ofRegistry(status);
        };
    }

    static Response ofControlPlane(int status, String code, String message) {
        ObjectNode body = object();
        body.putObject("error").put("code", code).put("message", message);
        Response answer = with(json(status, body), Map.of("x-ms-failure-cause", "gateway"));
        return status != 401
                ? answer
                : with(
                        answer,
                        Map.of(
                                "WWW-Authenticate",
                                "Bearer authorization_uri=\"https://" + DIRECTORY + "/\", error=\"invalid_token\""));
    }

    static Response with(Response answer, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.putAll(more);
        return new Response(answer.status(), Map.copyOf(headers), answer.body());
    }

    private static Response ofControlPlane(Request request, int status) {
        String path = request.uri().getPath();
        return switch (status) {
            case 401 ->
                ofControlPlane(
                        401,
                        "ExpiredAuthenticationToken",
                        "The access token expiry UTC time is earlier than current UTC time.");
            case 403 ->
                ofControlPlane(
                        403,
                        "AuthorizationFailed",
                        "The client does not have authorization to perform "
                                + "action '" + request.method() + "' over scope '" + path
                                + "' or the scope is invalid. If access "
                                + "was recently granted, please refresh your credentials.");
            case 408 -> ofControlPlane(408, "RequestTimeout", "The request timed out.");
            case 409 -> ofControlPlane(409, "Conflict", "The request conflicts with another one at '" + path + "'.");
            case 429 ->
                ofControlPlane(
                        429,
                        "SubscriptionRequestsThrottled",
                        "Number of requests for the subscription " + "exceeded the limit. Please try again later.");
            case 500 -> ofControlPlane(500, "InternalServerError", "Encountered internal server error.");
            case 502 -> ofControlPlane(502, "BadGateway", "The gateway received an invalid response.");
            case 503 -> ofControlPlane(503, "ServiceUnavailable", "The service is temporarily unavailable.");
            case 504 ->
                ofControlPlane(
                        504,
                        "GatewayTimeout",
                        "The gateway did not receive a response from '" + provider(path)
                                + "' within the specified time period.");
            default -> ofControlPlane(status, "Failed", "The request failed.");
        };
    }

    private static String provider(String path) {
        String[] parts = path.split("(?i)/providers/");
        return parts.length < 2
                ? "Microsoft.Resources"
                : parts[parts.length - 1].split("/")[0];
    }

    private static Response ofDirectory(int status) {
        boolean transientError = status >= 500 || status == 429 || status == 408;
        int code = transientError ? 90033 : 50000;
        ObjectNode body = object().put("error", transientError ? "temporarily_unavailable" : "invalid_request")
                .put(
                        "error_description",
                        "AADSTS" + code
                                + (transientError
                                        ? ": A transient error has occurred. Please try again."
                                        : ": There was an error issuing a token or an issue with our sign-in "
                                                + "service."));
        body.putArray("error_codes").add(code);
        return json(status, body);
    }

    private static Response ofRegistry(int status) {
        String code = switch (status) {
            case 401 -> "UNAUTHORIZED";
            case 403 -> "DENIED";
            case 429 -> "TOOMANYREQUESTS";
            case 503 -> "UNAVAILABLE";
            default -> "UNKNOWN";
        };
        ObjectNode body = object();
        body.putArray("errors")
                .addObject()
                .put("code", code)
                .put("message", code.equals("TOOMANYREQUESTS") ? "too many requests" : "the registry failed");
        return json(status, body);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static Response json(int status, ObjectNode body) {
        return new Response(
                status,
                Map.of("Content-Type", "application/json; charset=utf-8"),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
