package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How ARM shows a deployment. */
record DeploymentView(DeploymentTemplate template, String operationId, Instant startedAt) {

    private static final long MASK = 0xFFFFFFFFL;

    private DeploymentTarget target() {
        return template.scope().target();
    }

    ObjectNode status(DeploymentEnd end) {
        ObjectNode status = Json.object().put("status", end.state());
        error(end).ifPresent(error -> status.set("error", error));
        return status;
    }

    String statusAddress(String apiVersion) {
        return ArmCall.HOST + target().id() + "/operationStatuses/" + operationId + "?api-version=" + apiVersion;
    }

    /** @param until its end, or now */
    ObjectNode json(DeploymentEnd end, Instant until) {
        ObjectNode shown = Plan.shown(template);
        ObjectNode properties = ((ObjectNode) shown.path("properties"))
                .put("provisioningState", end.state())
                .put("timestamp", until.toString())
                .put("duration", Duration.between(startedAt, until).toString())
                .put("correlationId", operationId);
        error(end).ifPresent(error -> properties.set("error", error));
        if (end instanceof DeploymentEnd.NotYet) {
            properties.putNull("outputResources");
        } else if (end instanceof DeploymentEnd.Success success) {
            if (!success.outputs().isEmpty()) {
                properties.set("outputs", success.outputs());
            }
            properties.set(
                    "outputResources", Json.array(template.resources().stream().map(one -> Json.reference(one.id()))));
        }
        return shown;
    }

    private Optional<ObjectNode> error(DeploymentEnd end) {
        if (end instanceof DeploymentEnd.Canceled) {
            return Optional.of(Json.object()
                    .put("code", "DeploymentCanceled")
                    .put("target", target().id())
                    .put("message", "The deployment '" + target().name() + "' was canceled."));
        }
        if (end instanceof DeploymentEnd.OutputsFailed failed) {
            return Optional.of(failed.error());
        }
        if (end instanceof DeploymentEnd.ResourcesFailed failed) {
            ObjectNode error = Json.object()
                    .put("code", "DeploymentFailed")
                    .put("target", target().id())
                    .put(
                            "message",
                            "At least one resource deployment operation failed. Please list deployment operations for "
                                    + "details. "
                                    + "Please see https://aka.ms/arm-deployment-operations for usage details.");
            error.set("details", Json.array(failed.errors().stream()));
            return Optional.of(error);
        }
        return Optional.empty();
    }

    /**
     * Each as far as it is. Source: learn.microsoft.com/azure/azure-resource-manager/templates/deployment-history.
     *
     * @param progress by the resources' ids; those that were not sent have none
     */
    List<ObjectNode> operations(Map<String, ResourceProgress> progress, Instant until) {
        List<ObjectNode> all = new ArrayList<>();
        for (TemplateResource resource : template.resources()) {
            ResourceProgress known = progress.get(resource.id());
            if (known != null) {
                all.add(operation(resource, known, until));
            }
        }
        return all;
    }

    private ObjectNode operation(TemplateResource resource, ResourceProgress known, Instant until) {
        String name = String.format(Locale.ROOT, "%016X", resource.id().hashCode() & MASK);
        Instant seen = known.endedAt().orElse(until);
        ObjectNode operation =
                Json.object().put("id", target().id() + "/operations/" + name).put("operationId", name);
        ObjectNode properties = operation
                .putObject("properties")
                .put("provisioningOperation", "Create")
                .put("provisioningState", known.state())
                .put("timestamp", seen.toString())
                .put("duration", Duration.between(known.begunAt(), seen).toString());
        if (!known.answered().isEmpty()) {
            properties.put("statusCode", known.answered());
        }
        properties.set("targetResource", Plan.named(resource));
        known.error().ifPresent(error -> properties.putObject("statusMessage").set("error", error));
        return operation;
    }
}
