package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An ARM template without expressions: every value is literal, as in the templates that the Azure CLI makes. Source:
 * learn.microsoft.com/azure/azure-resource-manager/templates/syntax.
 *
 * @param hash the same for equal templates
 * @param resources in the template's order
 */
record DeploymentTemplate(String hash, List<Entry> resources) {

    private static final Set<String> OF_THE_TEMPLATE = Set.of("apiVersion", "type", "name", "dependsOn", "comments");

    /**
     * One resource.
     *
     * @param body what its provider is sent
     * @param after ids of those that have to be there before
     */
    record Entry(String id, String type, String apiVersion, ObjectNode body, Set<String> after) {

        String namespace() {
            return type.substring(0, type.indexOf('/'));
        }
    }

    /**
     * @param group the id of the resource group that it is deployed to
     * @param template as the request has it
     */
    static DeploymentTemplate read(String group, JsonNode template) {
        if (!template.path("resources").isArray()) {
            throw invalid("The template has no array 'resources'.");
        }
        refuseExpressions(template.path("resources"));
        refuseExpressions(template.path("outputs"));
        List<Entry> entries = new ArrayList<>();
        Json.items(template.path("resources")).forEach(resource -> entries.add(entry(group, resource)));
        List<Entry> resolved = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Set<String> after = new HashSet<>();
            Json.items(template.path("resources").get(i).path("dependsOn"))
                    .forEach(wanted -> after.add(resolve(wanted.asText(), entries)));
            resolved.add(new Entry(entry.id, entry.type, entry.apiVersion, entry.body, Set.copyOf(after)));
        }
        refuseCircles(resolved);
        return new DeploymentTemplate(Integer.toUnsignedString(template.hashCode()), List.copyOf(resolved));
    }

    private static Entry entry(String group, JsonNode resource) {
        String type = required(resource, "type");
        String name = required(resource, "name");
        String version = required(resource, "apiVersion");
        String[] types = type.split("/");
        String[] names = name.split("/");
        if (types.length != names.length + 1) {
            throw invalid("The template resource '" + name + "' of type '" + type + "' has incorrect segment lengths. "
                    + "A nested resource type must have identical number of segments as its resource name.");
        }
        StringBuilder id = new StringBuilder(group).append("/providers/").append(types[0]);
        for (int i = 0; i < names.length; i++) {
            id.append('/').append(types[i + 1]).append('/').append(names[i]);
        }
        ObjectNode body = ((ObjectNode) resource).deepCopy();
        body.remove(OF_THE_TEMPLATE);
        return new Entry(id.toString(), type, version, body, Set.of());
    }

    private static String required(JsonNode resource, String name) {
        return Optional.of(resource)
                .filter(JsonNode::isObject)
                .flatMap(there -> Json.text(there, "/" + name))
                .orElseThrow(() -> invalid("A resource of the template has no '" + name + "'."));
    }

    /** @param wanted an id, a type and a name, or a name */
    private static String resolve(String wanted, List<Entry> entries) {
        return entries.stream()
                .map(Entry::id)
                .filter(id -> ResourceStore.same(id, wanted)
                        || ResourceStore.nameOf(id).equalsIgnoreCase(wanted)
                        || ResourceStore.same(id.substring(id.indexOf("/providers/")), "/providers/" + wanted))
                .findFirst()
                .orElseThrow(() -> invalid("The resource '" + wanted + "' is not defined in the template. "
                        + "Please see https://aka.ms/arm-syntax for usage details."));
    }

    private static void refuseCircles(List<Entry> entries) {
        Set<String> reached = new HashSet<>();
        List<Entry> left = new ArrayList<>(entries);
        while (left.removeIf(entry -> reached.containsAll(entry.after) && reached.add(entry.id))) {
            // Each round reaches what needs only those of the rounds before.
        }
        if (!left.isEmpty()) {
            throw invalid("Circular dependency detected on resource: '" + left.get(0).id
                    + "'. Please see https://aka.ms/arm-syntax-resources for usage details.");
        }
    }

    private static void refuseExpressions(JsonNode node) {
        if (node.isTextual() && node.asText().matches("(?s)\\[[^\\[].*]")) {
            throw invalid("The practice cloud evaluates no template expressions, such as '" + node.asText() + "'.");
        }
        node.forEach(DeploymentTemplate::refuseExpressions);
    }

    private static ArmError invalid(String why) {
        return ArmError.badRequest("InvalidTemplate", "Deployment template validation failed: '" + why + "'.");
    }
}
