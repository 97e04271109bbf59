package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.template.Evaluator;
import io.keylesspull.practice.arm.template.ParameterValues;
import io.keylesspull.practice.arm.template.TemplateError;
import java.util.Locale;
import java.util.Optional;

/**
 * What a template says at its end.
 *
 * @param values by their names, with their types; empty of those that cannot be evaluated
 * @param error why one cannot be
 */
record DeploymentOutputs(ObjectNode values, Optional<ObjectNode> error) {

    /** Before the end. */
    static DeploymentOutputs none() {
        return new DeploymentOutputs(Json.object(), Optional.empty());
    }

    static DeploymentOutputs of(TemplateScope scope) {
        ObjectNode all = Json.object();
        try {
            scope.template().path("outputs").fields().forEachRemaining(output -> {
                Evaluator evaluator = new Evaluator(scope, false);
                JsonNode condition = evaluator.evaluate(output.getValue().path("condition"));
                if (condition.isBoolean() && !condition.asBoolean()) {
                    return;
                }
                String type = output.getValue().path("type").asText();
                ObjectNode one = all.putObject(output.getKey()).put("type", ParameterValues.shownType(type));
                JsonNode value = evaluator.evaluate(valueOf(output.getValue())).path("value");
                if (!type.toLowerCase(Locale.ROOT).startsWith("secure")) {
                    one.set("value", value);
                }
            });
            return new DeploymentOutputs(all, Optional.empty());
        } catch (TemplateError | ArmError invalid) {
            return new DeploymentOutputs(Json.object(), Optional.of(error(invalid)));
        }
    }

    private static ObjectNode error(RuntimeException invalid) {
        ObjectNode error = Json.object()
                .put("code", "DeploymentOutputEvaluationFailed")
                .put(
                        "message",
                        "Unable to evaluate template outputs. Please see error details and deployment operations. "
                                + "Please see https://aka.ms/arm-common-errors for usage details.");
        error.putArray("details")
                .addObject()
                .put("code", invalid instanceof ArmError refused ? refused.code() : "InvalidTemplate")
                .put("message", invalid.getMessage());
        return error;
    }

    /** An output has a value, or a copy whose input is repeated. */
    private static ObjectNode valueOf(JsonNode output) {
        ObjectNode wanted = Json.object();
        if (output.path("copy").isObject()) {
            ObjectNode copy = output.get("copy").deepCopy();
            wanted.putArray("copy").add(copy.put("name", "value"));
        } else {
            wanted.set("value", output.path("value"));
        }
        return wanted;
    }
}
