package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Access;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.fault.Fault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Policies with the effect {@code deny}: which types of resource must not be made or changed at a scope. Source of the
 * refusal: learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-policy-requestdisallowedbypolicy.
 */
final class Policies {

    /** As policies call resource groups. */
    private static final String GROUPS = "Microsoft.Resources/subscriptions/resourceGroups";

    private record Policy(String scope, String type, String name, Fault fault) {

        private String id(String what) {
            return scope + "/providers/Microsoft.Authorization/" + what + "/" + name;
        }

        private ObjectNode named(String what) {
            return Json.object().put("name", name).put("id", id(what));
        }

        ArmError refusal(ArmCall call) {
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
                    "Resource '" + resource + "' was disallowed by policy. " + "Policy identifiers: '[" + identifiers
                            + "]'.",
                    List.of(violation));
        }
    }

    private final List<Policy> policies = new CopyOnWriteArrayList<>();

    /** @param type such as {@code Microsoft.Compute/virtualMachines}; without case */
    Fault deny(String scope, String type, String name) {
        Fault fault = Fault.always(gone -> policies.removeIf(policy -> policy.fault == gone));
        policies.add(new Policy(scope, type, name, fault));
        return fault;
    }

    void require(ArmCall call) {
        if (!call.is("PUT") && !call.is("PATCH")) {
            return;
        }
        RequestPath target = call.target();
        String type = target.namespace()
                .map(namespace -> namespace + "/" + target.part(0))
                .orElse(GROUPS);
        policies.stream()
                .filter(policy -> policy.type.equalsIgnoreCase(type)
                        && Access.isAtOrAbove(policy.scope, target.path())
                        && policy.fault.strikes())
                .findFirst()
                .ifPresent(policy -> {
                    throw policy.refusal(call);
                });
    }
}
