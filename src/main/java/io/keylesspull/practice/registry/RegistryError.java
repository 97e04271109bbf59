package io.keylesspull.practice.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.wire.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * An error in the registry's format ({@code {"errors":[{"code","message"}]}}, OCI distribution specification). Codes
 * and messages are those of Azure (Azure/acr#841, docker/build-push-action#1214).
 */
final class RegistryError extends RuntimeException {

    private final int status;
    private final String code;
    private final List<Scope> detail;
    private final Map<String, String> headers;

    RegistryError(int status, String code, String message) {
        this(status, code, message, List.of(), Map.of());
    }

    private RegistryError(int status, String code, String message, List<Scope> detail, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.detail = detail;
        this.headers = headers;
    }

    /**
     * For whoever is not signed in, and for whoever is and lacks a right: Azure answers both in the same words.
     *
     * @param missing what the request needs
     */
    static RegistryError unauthorized(List<Scope> missing, Map<String, String> headers) {
        return new RegistryError(
                401,
                "UNAUTHORIZED",
                "authentication required, visit https://aka.ms/acr/authorization for more information.",
                missing,
                headers);
    }

    /** Microsoft's public registry takes no images. */
    static RegistryError denied() {
        return new RegistryError(401, "DENIED", "requested access to the resource is denied");
    }

    /** The firewall's refusal. @param address the client's */
    static RegistryError refused(String address) {
        return new RegistryError(
                403,
                "DENIED",
                "client with IP '" + address
                        + "' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.");
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
        ObjectNode error = body.putArray("errors").addObject().put("code", code).put("message", getMessage());
        if (!detail.isEmpty()) {
            ArrayNode all = error.putArray("detail");
            for (Scope scope : detail) {
                for (String action : new TreeSet<>(scope.actions())) {
                    all.addObject()
                            .put("Type", scope.type())
                            .put("Name", scope.name())
                            .put("Action", action);
                }
            }
        }
        return RegistryResponses.json(status, body, headers);
    }
}
