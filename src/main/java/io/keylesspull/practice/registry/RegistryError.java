package io.keylesspull.practice.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.wire.Response;
import java.util.Map;

/** An error in the registry's format ({@code {"errors":[{"code","message"}]}}, OCI distribution specification). */
final class RegistryError extends RuntimeException {

    private final int status;
    private final String code;
    private final Map<String, String> headers;

    RegistryError(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    RegistryError(int status, String code, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = headers;
    }

    static RegistryError unauthorized(Map<String, String> headers) {
        return new RegistryError(
                401,
                "UNAUTHORIZED",
                "authentication required, visit" + " https://aka.ms/acr/authorization for more information.",
                headers);
    }

    static RegistryError denied(Map<String, String> headers) {
        return new RegistryError(401, "DENIED", "requested access to the resource is denied", headers);
    }

    static RegistryError locked() {
        // An address reserved for documentation: practice clients have no address of their own.
        return new RegistryError(
                403,
                "DENIED",
                "client with IP '203.0.113.10' is not allowed access. Refer"
                        + " https://aka.ms/acr/firewall to grant access.");
    }

    static RegistryError unknownName(String repository) {
        return new RegistryError(404, "NAME_UNKNOWN", "repository name not known to registry: " + repository);
    }

    static RegistryError unknownManifest(String reference) {
        return new RegistryError(404, "MANIFEST_UNKNOWN", "manifest " + reference + " is not found");
    }

    static RegistryError unknownTag(String tag) {
        return new RegistryError(404, "TAG_UNKNOWN", "the specified tag " + tag + " does not exist");
    }

    Response toResponse() {
        ObjectNode body = RegistryResponses.object();
        body.putArray("errors").addObject().put("code", code).put("message", getMessage());
        return RegistryResponses.json(status, body, headers);
    }
}
