package io.keylesspull.azure.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What is deployed.
 *
 * @param template an ARM template in JSON
 * @param parameters texts, by their names in the template
 */
public record DeploymentContent(String template, Map<String, String> parameters) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public DeploymentContent {
        parameters = Map.copyOf(parameters);
    }

    /** The template as the SDK takes it. */
    Object templateValue() {
        try {
            return JSON.readValue(template, new TypeReference<Map<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a template", e);
        }
    }

    /** The body of a request about it. */
    ObjectNode body() {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode properties = body.putObject("properties").put("mode", "Incremental");
        properties.set("template", JSON.valueToTree(templateValue()));
        ObjectNode given = properties.putObject("parameters");
        parameters.forEach((name, value) -> given.putObject(name).put("value", value));
        return body;
    }
}
