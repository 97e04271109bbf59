package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.directory.Caller;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a deployment would change. Nested templates are looked into. As in Azure, a property that uses {@code reference}
 * is always said to change, to its expression (Azure/arm-template-whatif issue 157), and what lies in the groups but
 * not in the template is ignored. Source: learn.microsoft.com/azure/azure-resource-manager/templates/ deploy-what-if.
 */
public final class WhatIf {

    private final ArmContext context;
    private final Preflight preflight;
    private final Function<ArmCall, CallResult> azure;

    /** @param azure answers the calls that it makes, under the state's lock */
    public WhatIf(ArmContext context, Preflight preflight, Function<ArmCall, CallResult> azure) {
        this.context = context;
        this.preflight = preflight;
        this.azure = azure;
    }

    /** What {@code …/whatIf} answers in the end. */
    public ObjectNode result(DeploymentTarget target, ObjectNode body, Caller caller) {
        ObjectNode result = Json.object();
        boolean full =
                !body.at("/properties/whatIfSettings/resultFormat").asText().equalsIgnoreCase("ResourceIdOnly");
        try {
            Plan plan = preflight.check(DeploymentRequest.of(target, body), caller);
            ArrayNode changes = Json.array();
            plan.parts().stream()
                    .filter(part -> !part.resource().isDeployment())
                    .map(part -> change(part, caller, full))
                    .forEach(changes::add);
            plan.undetermined().forEach(one -> changes.add(unsupported(target, one)));
            others(plan).forEach(one -> changes.add(ignored(one, full)));
            result.put("status", "Succeeded").putObject("properties").set("changes", changes);
        } catch (ArmError invalid) {
            result.put("status", "Failed").set("error", invalid.error());
        }
        return result;
    }

    private ObjectNode change(Plan.Part part, Caller caller, boolean full) {
        TemplateResource resource = part.resource();
        ObjectNode change = Json.object().put("resourceId", resource.id());
        Optional<ObjectNode> before = existing(resource, caller);
        if (!full) {
            return change.put("changeType", before.isPresent() ? "Deploy" : "Create");
        }
        ObjectNode after = Json.object()
                .put("apiVersion", resource.apiVersion())
                .put("id", resource.id())
                .put("name", resource.name())
                .put("type", resource.type());
        after.setAll(part.body());
        if (before.isEmpty()) {
            change.put("changeType", "Create").set("after", after);
            return change;
        }
        ArrayNode delta = Difference.between(before.get(), part.body());
        change.put("changeType", delta.isEmpty() ? "NoChange" : "Modify");
        change.set("before", before.get().put("apiVersion", resource.apiVersion()));
        change.set("after", after);
        change.set("delta", delta);
        return change;
    }

    private Optional<ObjectNode> existing(TemplateResource resource, Caller caller) {
        try {
            return Optional.of(new DeploymentCalls(caller, azure)
                    .get(resource.id(), resource.apiVersion())
                    .deepCopy());
        } catch (ArmError notThere) {
            return Optional.empty();
        }
    }

    private List<ObjectNode> others(Plan plan) {
        return plan.groups().stream()
                .flatMap(group -> context.store().under(group))
                .filter(one -> !ResourceKind.GROUP.isOf(one))
                .filter(one -> plan.parts().stream()
                        .noneMatch(part -> part.resource().id().equalsIgnoreCase(Json.id(one))))
                .toList();
    }

    private static ObjectNode ignored(ObjectNode resource, boolean full) {
        ObjectNode change = Json.object().put("resourceId", Json.id(resource)).put("changeType", "Ignore");
        if (full) {
            JsonNode same = resource.deepCopy();
            change.set("before", same);
            change.set("after", same);
        }
        return change;
    }

    private static ObjectNode unsupported(DeploymentTarget target, String resource) {
        return Json.object()
                .put("resourceId", target.groupId() + "/providers/" + resource)
                .put("changeType", "Unsupported")
                .put(
                        "unsupportedReason",
                        "Changes to the resource cannot be analyzed because its resource ID or API version cannot be "
                                + "calculated until the deployment is under way. Please see "
                                + "https://aka.ms/whatif-unanalyzed-resources for more information.");
    }
}
