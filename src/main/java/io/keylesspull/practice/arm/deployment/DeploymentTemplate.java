package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.template.Evaluator;
import io.keylesspull.practice.arm.template.NotYet;
import io.keylesspull.practice.arm.template.Repetition;
import io.keylesspull.practice.arm.template.Surroundings;
import io.keylesspull.practice.arm.template.TemplateError;
import io.keylesspull.practice.arm.template.Unresolved;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An ARM template whose names, conditions and copies are known; its properties are evaluated when each resource is
 * deployed. Sources: learn.microsoft.com/azure/azure-resource-manager/templates/syntax, "-resource-dependency",
 * "-copy-resources", "-cross-scope-deployments".
 *
 * @param scope with its parameters
 * @param resources in the template's order, each copy on its own
 * @param undetermined resources whose names are not known yet, which only happens in a nested template beforehand
 */
record DeploymentTemplate(TemplateScope scope, List<TemplateResource> resources, List<String> undetermined) {

    private static final int MOST = 800;

    /** @throws TemplateError if it cannot be deployed */
    static DeploymentTemplate read(DeploymentRequest request, ArmContext context) {
        TemplateScope scope = TemplateScope.of(request, context);
        List<TemplateResource> all = new ArrayList<>();
        List<String> undetermined = new ArrayList<>();
        Set<String> left = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        boolean planned = Unresolved.isIn(request.parameters());
        for (JsonNode resource : request.template().path("resources")) {
            try {
                all.addAll(copies(resource, scope, left));
            } catch (NotYet missing) {
                if (!planned) {
                    throw new TemplateError("The template function 'reference' is not expected at this location. "
                            + "Please see https://aka.ms/arm-functions for usage details.");
                }
                undetermined.add(resource.path("type").asText() + "/" + Json.name(resource));
            }
        }
        requireSensible(all);
        List<TemplateResource> ordered = all.stream()
                .map(resource -> resource.after(before(resource, all, left, undetermined, scope)))
                .toList();
        refuseCircles(ordered);
        return new DeploymentTemplate(scope, ordered, List.copyOf(undetermined));
    }

    /** The same for equal templates. */
    String hash() {
        return Integer.toUnsignedString(scope.template().hashCode());
    }

    /** The resource that a name or id means. */
    Optional<TemplateResource> find(String nameOrId) {
        return resources.stream()
                .filter(resource -> resource.isMeantBy(nameOrId))
                .findFirst();
    }

    /** @param left gets what a condition leaves out */
    private static List<TemplateResource> copies(JsonNode resource, TemplateScope scope, Set<String> left) {
        if (resource.has("resources")) {
            throw new TemplateError("The practice cloud deploys no resources inside resources");
        }
        JsonNode copy = resource.path("copy");
        if (copy.isMissingNode()) {
            return one(resource, scope, Optional.empty(), 0, left);
        }
        List<TemplateResource> all = new ArrayList<>();
        String loop = Json.name(copy);
        int count = new Evaluator(scope, false).count(copy);
        for (int i = 0; i < count; i++) {
            all.addAll(one(resource, new Repetition(scope, loop, i), Optional.of(loop), i, left));
        }
        if (count == 0) {
            left.add(loop);
        }
        return all;
    }

    private static List<TemplateResource> one(
            JsonNode resource, Surroundings around, Optional<String> loop, int turn, Set<String> left) {
        ObjectNode known = Json.object();
        for (String name : List.of("type", "name", "apiVersion", "scope", "resourceGroup", "subscriptionId")) {
            if (resource.has(name)) {
                known.set(name, new Evaluator(around, false).evaluate(resource.get(name)));
            }
        }
        String id = id(known, around);
        TemplateResource made = new TemplateResource(id, required(known, "apiVersion"), resource, loop, turn, Set.of());
        JsonNode condition = new Evaluator(around, false).evaluate(resource.path("condition"));
        if (condition.isBoolean() && !condition.asBoolean()) {
            left.addAll(List.of(id, made.name(), made.type() + "/" + made.name()));
            return List.of();
        }
        return List.of(made);
    }

    private static String id(ObjectNode known, Surroundings around) {
        String type = required(known, "type");
        String name = required(known, "name");
        String[] types = type.split("/");
        String[] names = name.split("/");
        if (types.length != names.length + 1) {
            throw new TemplateError("The template resource '" + name + "' of type '" + type
                    + "' has incorrect segment lengths. A nested resource type must have identical number of segments "
                    + "as its resource name. A root resource type must have segment length one greater than its "
                    + "resource name. Please see https://aka.ms/arm-syntax-resources for usage details.");
        }
        String here = around.resourceGroup().path("id").asText();
        StringBuilder id =
                new StringBuilder(scope(known, here)).append("/providers/").append(types[0]);
        for (int i = 0; i < names.length; i++) {
            id.append('/').append(types[i + 1]).append('/').append(names[i]);
        }
        return id.toString();
    }

    private static String scope(ObjectNode known, String here) {
        if (known.has("resourceGroup")) {
            String subscription = known.has("subscriptionId")
                    ? "/subscriptions/" + known.get("subscriptionId").asText()
                    : here.substring(0, here.indexOf("/resourceGroups/"));
            return subscription + "/resourceGroups/"
                    + known.get("resourceGroup").asText();
        }
        if (known.has("subscriptionId")) {
            throw new TemplateError("The practice cloud has deployments to resource groups only, not to subscriptions");
        }
        String scope = known.path("scope").asText();
        if (scope.isEmpty()) {
            return here;
        }
        return scope.startsWith("/") ? scope : here + "/providers/" + scope;
    }

    private static String required(JsonNode resource, String name) {
        return Json.text(resource, "/" + name)
                .orElseThrow(() -> new TemplateError("The template resource has no '" + name
                        + "'. Please see https://aka.ms/arm-syntax-resources for usage details."));
    }

    private static void requireSensible(List<TemplateResource> all) {
        if (all.size() > MOST) {
            throw new TemplateError("The number of template resources limit exceeded. Limit: '" + MOST
                    + "' and actual: '" + all.size()
                    + "'. Please see https://aka.ms/arm-template/#resources for usage details.");
        }
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.stream().filter(one -> !seen.add(one.id())).findFirst().ifPresent(twice -> {
            throw new TemplateError("The resource '" + twice.id() + "' is defined multiple times in a template. "
                    + "Please see https://aka.ms/arm-syntax-resources for usage details.");
        });
    }

    private static Set<String> before(
            TemplateResource resource,
            List<TemplateResource> all,
            Set<String> left,
            List<String> undetermined,
            TemplateScope scope) {
        Set<String> before = new HashSet<>();
        Surroundings around = resource.loop()
                .<Surroundings>map(name -> new Repetition(scope, name, resource.turn()))
                .orElse(scope);
        for (JsonNode wanted :
                new Evaluator(around, true).evaluate(resource.raw().path("dependsOn"))) {
            List<String> meant = meant(wanted.asText(), all);
            if (meant.isEmpty() && undetermined.isEmpty() && left.stream().noneMatch(wanted.asText()::endsWith)) {
                throw new TemplateError("The resource '" + wanted.asText()
                        + "' is not defined in the template. Please see https://aka.ms/arm-syntax for usage details.");
            }
            before.addAll(meant);
        }
        // A reference by name is a dependency, too; one by id is not.
        resource.references(scope).stream()
                .filter(name -> !name.startsWith("/"))
                .forEach(name -> before.addAll(meant(name, all)));
        return before;
    }

    private static List<String> meant(String wanted, List<TemplateResource> all) {
        return all.stream()
                .filter(other -> other.isMeantBy(wanted))
                .map(TemplateResource::id)
                .toList();
    }

    private static void refuseCircles(List<TemplateResource> resources) {
        Set<String> reached = new HashSet<>();
        List<TemplateResource> left = new ArrayList<>(resources);
        while (left.removeIf(one -> reached.containsAll(one.after()) && reached.add(one.id()))) {
            // Each round reaches what needs only those of the rounds before.
        }
        if (!left.isEmpty()) {
            throw new TemplateError("Circular dependency detected on resource: '"
                    + left.get(0).id() + "'. Please see https://aka.ms/arm-syntax-resources for usage details.");
        }
    }
}
