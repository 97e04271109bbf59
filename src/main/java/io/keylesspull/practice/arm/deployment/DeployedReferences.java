package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.arm.template.TemplateError;
import java.util.Optional;

/** While a template is deployed: what is there already is asked of its provider. */
record DeployedReferences(DeploymentTemplate template, DeploymentCalls calls) implements References {

    @Override
    public JsonNode get(String nameOrId, String apiVersion, boolean full) {
        Optional<TemplateResource> own = template.find(nameOrId);
        if (own.isEmpty() && !nameOrId.startsWith("/")) {
            throw new TemplateError("The template reference '" + nameOrId
                    + "' is not valid: could not find template resource or resource copy with this name. Please see "
                    + "https://aka.ms/arm-function-reference for usage details.");
        }
        String version = own.filter(found -> apiVersion.isEmpty())
                .map(TemplateResource::apiVersion)
                .orElse(apiVersion);
        if (version.isEmpty()) {
            throw new TemplateError("The template reference to '" + nameOrId
                    + "' requires an API version. Please see https://aka.ms/arm-template for usage details.");
        }
        String id = own.map(TemplateResource::id).orElse(nameOrId);
        ObjectNode found = calls.get(id, version);
        if (!full) {
            return found.path("properties").deepCopy();
        }
        RequestPath path = RequestPath.of(id);
        return found.deepCopy()
                .put("apiVersion", version)
                .put("resourceId", id)
                .put("subscriptionId", path.subscription().orElse(""))
                .put("resourceGroupName", path.group().orElse(""));
    }
}
