package io.keylesspull.practice.arm.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** An error in Azure's words: HTTP status, code and message. */
public final class ArmError extends RuntimeException {

    private static final int THROTTLED = 429;

    private final int status;
    private final String code;
    private final String target;
    private final transient List<ObjectNode> additionalInfo;
    private final transient List<ObjectNode> details;

    private ArmError(int status, String code, String message, String target) {
        this(status, code, message, target, List.of(), List.of());
    }

    private ArmError(
            int status,
            String code,
            String message,
            String target,
            List<ObjectNode> additionalInfo,
            List<ObjectNode> details) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.target = target;
        this.additionalInfo = additionalInfo;
        this.details = details;
    }

    /** @param details the errors that it stands for, each as {@link #error} gives it */
    public static ArmError of(int status, String code, String message, List<ObjectNode> details) {
        return new ArmError(status, code, message, "", List.of(), details);
    }

    public static ArmError disallowedByPolicy(String target, String message, List<ObjectNode> violations) {
        return new ArmError(403, "RequestDisallowedByPolicy", message, target, violations, List.of());
    }

    public static ArmError of(int status, String code, String message) {
        return new ArmError(status, code, message, "");
    }

    public static ArmError badRequest(String code, String message) {
        return of(400, code, message);
    }

    /** @param subscription empty for a request that names none */
    public static ArmError throttled(String subscription) {
        return of(
                THROTTLED,
                "SubscriptionRequestsThrottled",
                "Number of requests for the subscription '" + subscription
                        + "' exceeded the limit. Please try again later.");
    }

    public static ArmError conflict(String code, String message) {
        return of(409, code, message);
    }

    public static ArmError invalidParameter(String target, String message) {
        return new ArmError(400, "InvalidParameter", message, target);
    }

    public static ArmError propertyChangeNotAllowed(String target) {
        return new ArmError(
                409, "PropertyChangeNotAllowed", "Changing property '" + target + "' is not allowed.", target);
    }

    public static ArmError resourceNotFound(ResourceKind kind, String name, String group) {
        return of(
                404,
                "ResourceNotFound",
                "The Resource '" + kind.type() + "/" + name + "' under resource group '" + group
                        + "' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");
    }

    public static ArmError groupNotFound(String group) {
        return of(404, "ResourceGroupNotFound", "Resource group '" + group + "' could not be found.");
    }

    public static ArmError subscriptionNotFound(String subscription) {
        return of(404, "SubscriptionNotFound", "The subscription '" + subscription + "' could not be found.");
    }

    public static ArmError authorizationFailed(String principalId, String action, String scope) {
        return of(
                403,
                "AuthorizationFailed",
                "The client '" + principalId + "' with object id '" + principalId
                        + "' does not have authorization to perform action '" + action + "' over scope '" + scope
                        + "' or the scope is invalid. If access was recently granted, please refresh your "
                        + "credentials.");
    }

    public static ArmError invalidReference(String missingId, String fromId) {
        return badRequest(
                "InvalidResourceReference",
                "Resource " + missingId + " referenced by resource " + fromId
                        + " was not found. Please make sure that the referenced resource exists, and that both "
                        + "resources "
                        + "are in the same region.");
    }

    public static ArmError methodNotAllowed(String method) {
        return of(405, "MethodNotAllowed", "The request method '" + method + "' is not supported here.");
    }

    public static ArmError notFound(String what) {
        return of(404, "NotFound", what + " was not found.");
    }

    public String code() {
        return code;
    }

    /** The error object, as the status of a failed operation contains it. */
    public ObjectNode error() {
        ObjectNode error = Json.object().put("code", code).put("message", getMessage());
        if (!target.isEmpty()) {
            error.put("target", target);
        }
        if (!details.isEmpty()) {
            error.set("details", Json.array(details.stream()));
        }
        if (!additionalInfo.isEmpty()) {
            error.set("additionalInfo", Json.array(additionalInfo.stream()));
        }
        return error;
    }

    public ArmReply reply() {
        ObjectNode body = Json.object();
        body.set("error", error());
        ArmReply reply = new ArmReply(status, body, Map.of("x-ms-failure-cause", "gateway"));
        return status == THROTTLED ? reply.with(Map.of("Retry-After", "1")) : reply;
    }
}
