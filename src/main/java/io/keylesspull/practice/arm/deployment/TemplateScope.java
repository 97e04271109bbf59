package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.arm.template.Evaluator;
import io.keylesspull.practice.arm.template.ParameterValues;
import io.keylesspull.practice.arm.template.Surroundings;
import io.keylesspull.practice.arm.template.TemplateError;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One template with the values of its parameters, deployed to one group. */
final class TemplateScope implements Surroundings {

    private final DeploymentRequest request;
    private final ArmContext context;
    private final References references;
    private final ParameterValues parameters;
    private final Set<String> underWay = new HashSet<>();

    private TemplateScope(DeploymentRequest request, ArmContext context) {
        this.request = request;
        this.context = context;
        this.references = References.NONE;
        this.parameters = new ParameterValues(
                request.template().path("parameters"),
                request.parameters(),
                usual -> new Evaluator(this, true).evaluate(usual));
    }

    private TemplateScope(TemplateScope before, References references) {
        this.request = before.request;
        this.context = before.context;
        this.references = references;
        this.parameters = before.parameters;
    }

    /** @throws TemplateError if parameters are missing, unknown or wrong */
    static TemplateScope of(DeploymentRequest request, ArmContext context) {
        TemplateScope scope = new TemplateScope(request, context);
        scope.parameters.requireAll();
        return scope;
    }

    /** The same while resources are deployed. */
    TemplateScope with(References there) {
        return new TemplateScope(this, there);
    }

    DeploymentTarget target() {
        return request.target();
    }

    JsonNode template() {
        return request.template();
    }

    JsonNode tags() {
        return request.tags();
    }

    ObjectNode shownParameters() {
        return parameters.shown();
    }

    @Override
    public JsonNode parameter(String name) {
        return parameters.get(name);
    }

    @Override
    public JsonNode variable(String name) {
        JsonNode variables = request.template().path("variables");
        if (!underWay.add(name.toLowerCase(Locale.ROOT))) {
            throw new TemplateError("Circular reference detected in the template variable '" + name
                    + "'. Please see https://aka.ms/arm-template/#variables for usage details.");
        }
        try {
            return fields(variables)
                    .filter(name::equalsIgnoreCase)
                    .findFirst()
                    .map(found -> new Evaluator(this, false).evaluate(variables.get(found)))
                    .or(() -> repeated(variables.path("copy"), name))
                    .orElseThrow(() -> new TemplateError("The template variable '" + name
                            + "' is not found. Please see https://aka.ms/arm-template/#variables for usage details."));
        } finally {
            underWay.remove(name.toLowerCase(Locale.ROOT));
        }
    }

    private Optional<JsonNode> repeated(JsonNode copies, String name) {
        return Json.items(copies)
                .filter(copy -> Json.name(copy).equalsIgnoreCase(name))
                .findFirst()
                .map(copy -> {
                    ObjectNode alone = Json.object();
                    alone.putArray("copy").add(copy);
                    return new Evaluator(this, false).evaluate(alone).path(Json.name(copy));
                });
    }

    private static Stream<String> fields(JsonNode object) {
        Iterable<String> names = object::fieldNames;
        return StreamSupport.stream(names.spliterator(), false);
    }

    @Override
    public JsonNode resourceGroup() {
        return context.store()
                .find(ResourceKind.GROUP, request.target().groupId())
                .orElseThrow(() -> ArmError.groupNotFound(request.target().group()))
                .deepCopy();
    }

    @Override
    public JsonNode subscription() {
        String id = "/subscriptions/" + request.target().subscription();
        return Json.object()
                .put("id", id)
                .put("subscriptionId", request.target().subscription())
                .put("tenantId", context.tenants().of(id));
    }

    @Override
    public JsonNode deployment() {
        ObjectNode shown = Json.object().put("name", request.target().name());
        shown.putObject("properties").put("mode", "Incremental").put("provisioningState", "Running");
        return shown;
    }

    @Override
    public JsonNode reference(String nameOrId, String apiVersion, boolean full) {
        return references.get(nameOrId, apiVersion, full);
    }

    @Override
    public int copyIndex(String loop) {
        throw new TemplateError("The template function 'copyIndex' is not expected at this location. The function can "
                + "only be used in a resource with copy specified. Please see https://aka.ms/arm-copy for usage "
                + "details.");
    }
}
