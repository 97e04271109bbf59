package io.keylesspull.practice.arm;

import io.keylesspull.practice.arm.core.Access;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.DenyPolicy;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.RequestPath;
import java.util.stream.Stream;

/**
 * Tells beforehand what policies deny. Source: Azure/azure-rest-api-specs, policyinsights, checkPolicyRestrictions
 * 2023-03-01, and resources, policyAssignments 2022-06-01.
 */
final class PolicyHandler {

    private static final String NAMESPACE = "Microsoft.PolicyInsights";
    private static final String CHECK = "checkPolicyRestrictions";
    private static final String RIGHT = NAMESPACE + "/" + CHECK + "/read";

    private final ArmContext context;

    PolicyHandler(ArmContext context) {
        this.context = context;
    }

    static boolean isMeant(RequestPath target) {
        return target.namespace().filter(NAMESPACE::equalsIgnoreCase).isPresent() && target.isPart(0, CHECK);
    }

    /** The policies that deny the resource in the body. */
    ArmReply check(ArmCall call) {
        if (!call.is("POST")) {
            throw ArmError.methodNotAllowed(call.method());
        }
        String scope = "/subscriptions/" + call.subscription()
                + call.target().group().map("/resourceGroups/"::concat).orElse("");
        if (call.target().group().isPresent() && context.store().find(scope).isEmpty()) {
            throw ArmError.groupNotFound(call.group());
        }
        context.access().require(call.caller(), RIGHT, scope);
        String type = Json.text(call.body(), "/resourceDetails/resourceContent/type")
                .orElseThrow(() -> ArmError.badRequest("InvalidRequest", "The resource content has no type."));
        var result = Json.object();
        result.putArray("fieldRestrictions");
        result.putObject("contentEvaluationResult")
                .set(
                        "policyEvaluations",
                        Json.array(at(scope).filter(policy -> policy.isOf(type)).map(DenyPolicy::evaluation)));
        return ArmReply.ok(result);
    }

    private Stream<DenyPolicy> at(String scope) {
        return context.limits().policies().stream().filter(policy -> Access.isAtOrAbove(policy.scope(), scope));
    }

    /** An assignment of one. */
    ArmReply assignment(ArmCall call) {
        String id = call.target().path();
        DenyPolicy found = context.limits().policies().stream()
                .filter(policy -> policy.assignmentId().equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> ArmError.of(
                        404,
                        "PolicyAssignmentNotFound",
                        "The policy assignment '" + call.target().part(1) + "' is not found."));
        context.access().require(call.caller(), "Microsoft.Authorization/policyAssignments/read", found.scope());
        return ArmReply.ok(found.assignment());
    }
}
