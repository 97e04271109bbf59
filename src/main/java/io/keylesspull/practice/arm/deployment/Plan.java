package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.arm.template.TemplateError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A template and those nested in it, as known before anything is deployed.
 *
 * @param parts the template's own resources, then those of nested templates
 * @param groups ids of the resource groups that are deployed to
 * @param undetermined resources whose names are not known yet
 */
public record Plan(DeploymentTemplate template, List<Part> parts, Set<String> groups, List<String> undetermined) {

    /** @param body what its provider will be sent, with the expressions that have no value yet */
    record Part(TemplateResource resource, ObjectNode body) {}

    /** @throws TemplateError if it cannot be deployed */
    static Plan of(DeploymentRequest request, ArmContext context) {
        List<Part> parts = new ArrayList<>();
        Set<String> groups = new LinkedHashSet<>();
        List<String> undetermined = new ArrayList<>();
        DeploymentTemplate template = add(request, context, parts, groups, undetermined);
        return new Plan(template, List.copyOf(parts), Set.copyOf(groups), List.copyOf(undetermined));
    }

    private static DeploymentTemplate add(
            DeploymentRequest request,
            ArmContext context,
            List<Part> parts,
            Set<String> groups,
            List<String> undetermined) {
        DeploymentTarget target = request.target();
        if (context.store().find(ResourceKind.GROUP, target.groupId()).isEmpty()) {
            throw ArmError.groupNotFound(target.group());
        }
        groups.add(target.groupId());
        DeploymentTemplate template = DeploymentTemplate.read(request, context);
        undetermined.addAll(template.undetermined());
        List<Part> nested = new ArrayList<>();
        for (TemplateResource resource : template.resources()) {
            Part part = new Part(resource, body(resource, template.scope()));
            parts.add(part);
            if (resource.isDeployment()) {
                nested.add(part);
            }
        }
        for (Part deployment : nested) {
            DeploymentRequest inner = DeploymentRequest.of(deployment.resource.target(), deployment.body);
            add(inner, context, parts, groups, undetermined);
        }
        return template;
    }

    private static ObjectNode body(TemplateResource resource, TemplateScope scope) {
        try {
            return resource.body(scope, true);
        } catch (TemplateError invalid) {
            throw invalid.refusal(resource.id());
        }
    }

    /** What {@code …/validate} answers. */
    public ObjectNode validated(ArmContext context) {
        ObjectNode shown = shown(template);
        ((ObjectNode) shown.path("properties"))
                .put("provisioningState", "Succeeded")
                .put("timestamp", context.clock().now().toString())
                .put("duration", "PT0S")
                .put("correlationId", context.guids().next())
                .set("validatedResources", Json.array(parts.stream().map(part -> Json.reference(part.resource.id()))));
        return shown;
    }

    /** A deployment, without how far it is. */
    static ObjectNode shown(DeploymentTemplate template) {
        DeploymentTarget target = template.scope().target();
        ObjectNode shown =
                Json.object().put("id", target.id()).put("name", target.name()).put("type", DeploymentTarget.TYPE);
        if (template.scope().tags().isObject()) {
            shown.set("tags", template.scope().tags());
        }
        ObjectNode properties = shown.putObject("properties")
                .put("templateHash", template.hash())
                .put("mode", "Incremental");
        properties.set("parameters", template.scope().shownParameters());
        properties.set("providers", providers(template));
        ArrayNode dependencies = properties.putArray("dependencies");
        template.resources().stream().filter(one -> !one.after().isEmpty()).forEach(one -> {
            ObjectNode dependency = named(one);
            dependency.set(
                    "dependsOn",
                    Json.array(template.resources().stream()
                            .filter(other -> one.after().contains(other.id()))
                            .map(Plan::named)));
            dependencies.add(dependency);
        });
        return shown;
    }

    private static ArrayNode providers(DeploymentTemplate template) {
        Map<String, Map<String, Set<String>>> locations = new TreeMap<>();
        for (TemplateResource resource : template.resources()) {
            Set<String> known = locations
                    .computeIfAbsent(resource.namespace(), anew -> new TreeMap<>())
                    .computeIfAbsent(
                            resource.type().substring(resource.namespace().length() + 1), anew -> new TreeSet<>());
            JsonNode location = body(resource, template.scope()).path("location");
            if (location.isTextual()) {
                known.add(location.asText());
            }
        }
        ArrayNode providers = Json.array();
        locations.forEach((namespace, types) -> {
            ArrayNode resourceTypes =
                    providers.addObject().put("namespace", namespace).putArray("resourceTypes");
            types.forEach((type, where) -> {
                ArrayNode shown =
                        resourceTypes.addObject().put("resourceType", type).putArray("locations");
                where.forEach(shown::add);
                if (where.isEmpty()) {
                    shown.addNull();
                }
            });
        });
        return providers;
    }

    static ObjectNode named(TemplateResource resource) {
        return Json.object()
                .put("id", resource.id())
                .put("resourceType", resource.type())
                .put("resourceName", ResourceStore.nameOf(resource.id()));
    }
}
