package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.template.TemplateError;

/**
 * What is to be deployed.
 *
 * @param template as the request has it
 * @param parameters each an object with a "value"; a missing node if there are none
 * @param tags which Azure shows with the deployment; a missing node if there are none
 */
public record DeploymentRequest(DeploymentTarget target, JsonNode template, JsonNode parameters, JsonNode tags) {

    private static final int MOST_BYTES = 4 * 1024 * 1024;

    /** @throws ArmError if the practice cloud cannot deploy such things, or Azure would not */
    public static DeploymentRequest of(DeploymentTarget target, ObjectNode body) {
        String mode = Json.text(body, "/properties/mode").orElse("");
        if (!mode.equalsIgnoreCase("Incremental")) {
            throw ArmError.badRequest(
                    "InvalidDeployment",
                    "The practice cloud has deployments of the mode 'Incremental'; '" + mode + "' was asked for.");
        }
        if (body.at("/properties").has("templateLink")) {
            throw ArmError.badRequest(
                    "InvalidDeployment", "The practice cloud reads templates from the request only, not by a link.");
        }
        if (Json.bytes(body).length > MOST_BYTES) {
            throw ArmError.of(
                    413, "RequestContentTooLarge", "The request content size exceeds the maximum size of 4 MB.");
        }
        JsonNode template = body.at("/properties/template");
        if (!template.path("resources").isArray()) {
            throw new TemplateError("The template has no array 'resources', which alone the practice cloud reads")
                    .refusal();
        }
        return new DeploymentRequest(target, template, body.at("/properties/parameters"), body.path("tags"));
    }
}
