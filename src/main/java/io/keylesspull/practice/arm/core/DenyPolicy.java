package io.keylesspull.practice.arm.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.RequestPath;
import java.util.List;

/**
 * A policy with the effect {@code deny}. Source of the refusal:
 * learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-policy-requestdisallowedbypolicy.
 *
 * @param scope where resources of the type must not be created or changed
 * @param type such as {@code Microsoft.Compute/virtualMachines}; without case
 */
public record DenyPolicy(String scope, String type, String name) {

    /** As policies call resource groups. */
    private static final String GROUPS = "Microsoft.Resources/subscriptions/resourceGroups";

    /** Whether it denies the call. */
    public boolean denies(ArmCall call) {
        if (!call.is("PUT") && !call.is("PATCH")) {
            return false;
        }
        RequestPath target = call.target();
        String wanted = target.namespace()
                .map(namespace -> namespace + "/" + target.part(0))
                .orElse(GROUPS);
        return isOf(wanted) && Access.isAtOrAbove(scope, target.path());
    }

    public ArmError refusal(ArmCall call) {
        String resource = ResourceStore.nameOf(call.target().path());
        ObjectNode identifiers = Json.object();
        identifiers.set("policyAssignment", named("policyAssignments"));
        identifiers.set("policyDefinition", named("policyDefinitions"));
        ObjectNode info = Json.object()
                .put("policyDefinitionDisplayName", name)
                .put("policyDefinitionId", id("policyDefinitions"))
                .put("policyDefinitionName", name)
                .put("policyDefinitionEffect", "deny")
                .put("policyAssignmentId", id("policyAssignments"))
                .put("policyAssignmentName", name)
                .put("policyAssignmentScope", scope);
        ObjectNode violation = Json.object().put("type", "PolicyViolation");
        violation.set("info", info);
        return ArmError.disallowedByPolicy(
                resource,
                "Resource '" + resource + "' was disallowed by policy. Policy identifiers: '[" + identifiers + "]'.",
                List.of(violation));
    }

    /** Whether it denies resources of a type. */
    public boolean isOf(String other) {
        return type.equalsIgnoreCase(other);
    }

    public String assignmentId() {
        return id("policyAssignments");
    }

    /** Its result for a resource that it denies, as asked for beforehand. */
    public ObjectNode evaluation() {
        ObjectNode evaluation = Json.object().put("evaluationResult", "NonCompliant");
        evaluation
                .putObject("policyInfo")
                .put("policyDefinitionId", id("policyDefinitions"))
                .put("policyAssignmentId", assignmentId());
        evaluation.putObject("effectDetails").put("policyEffect", "Deny");
        evaluation
                .putObject("evaluationDetails")
                .putArray("evaluatedExpressions")
                .addObject()
                .put("result", "True")
                .put("expressionKind", "Field")
                .put("expression", "type")
                .put("path", "type")
                .put("expressionValue", type)
                .put("targetValue", type)
                .put("operator", "Equals");
        return evaluation;
    }

    public ObjectNode assignment() {
        ObjectNode assignment = Json.object()
                .put("id", assignmentId())
                .put("type", "Microsoft.Authorization/policyAssignments")
                .put("name", name);
        ObjectNode properties = assignment.putObject("properties");
        properties
                .put("displayName", name)
                .put("policyDefinitionId", id("policyDefinitions"))
                .put("scope", scope)
                .put("enforcementMode", "Default");
        properties
                .putArray("nonComplianceMessages")
                .addObject()
                .put("message", "Practice: " + type + " is not allowed.");
        return assignment;
    }

    private String id(String what) {
        return scope + "/providers/Microsoft.Authorization/" + what + "/" + name;
    }

    private ObjectNode named(String what) {
        return Json.object().put("name", name).put("id", id(what));
    }
}
