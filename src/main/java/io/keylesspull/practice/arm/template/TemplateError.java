package io.keylesspull.practice.arm.template;

import io.keylesspull.practice.arm.protocol.ArmError;

/** Why a template cannot be deployed, in Azure's words. */
public final class TemplateError extends RuntimeException {

    private static final String CODE = "InvalidTemplate";

    public TemplateError(String message) {
        super(message, null, false, false);
    }

    /** As ARM answers before it deploys anything. */
    public ArmError refusal() {
        return ArmError.badRequest(CODE, "Deployment template validation failed: '" + getMessage() + "'.");
    }

    /** As ARM answers if it is the properties of a resource that cannot be evaluated. @param id of the resource */
    public ArmError refusal(String id) {
        return ArmError.badRequest(
                CODE,
                "Unable to process template language expressions for resource '" + id + "'. '" + getMessage() + "'");
    }
}
