package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.arm.template.Evaluator;
import io.keylesspull.practice.arm.template.Repetition;
import io.keylesspull.practice.arm.template.Surroundings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One resource of a template.
 *
 * @param raw as the template has it, with expressions
 * @param loop the name of its "copy"; empty without one
 * @param turn which of the copies it is, from 0
 * @param after ids of those that have to be there before
 */
record TemplateResource(
        String id, String apiVersion, JsonNode raw, Optional<String> loop, int turn, Set<String> after) {

    private static final List<String> OF_THE_TEMPLATE = List.of(
            "apiVersion",
            "type",
            "name",
            "dependsOn",
            "comments",
            "condition",
            "copy",
            "metadata",
            "scope",
            "resourceGroup",
            "subscriptionId");

    /** Its type as ARM shows it, of an extension that of the extension. */
    String type() {
        return typeOf(RequestPath.of(id));
    }

    static String typeOf(RequestPath path) {
        StringBuilder type = new StringBuilder(path.namespace().orElse(""));
        for (int i = 0; i < path.tail().size(); i += 2) {
            type.append('/').append(path.tail().get(i));
        }
        return type.toString();
    }

    String namespace() {
        return RequestPath.of(id).namespace().orElse("");
    }

    String name() {
        return ResourceStore.nameOf(id);
    }

    boolean isDeployment() {
        return type().equalsIgnoreCase(DeploymentTarget.TYPE);
    }

    /** Where it is deployed to, if it is a deployment itself. */
    DeploymentTarget target() {
        RequestPath path = RequestPath.of(id);
        return new DeploymentTarget(path.subscription().orElse(""), path.group().orElse(""), name());
    }

    /** What its provider is sent. @param tolerant whether expressions stay that have no value yet */
    ObjectNode body(Surroundings scope, boolean tolerant) {
        Surroundings around = loop.<Surroundings>map(name -> new Repetition(scope, name, turn))
                .orElse(scope);
        ObjectNode wanted = raw.deepCopy();
        wanted.remove(OF_THE_TEMPLATE);
        JsonNode inner = innerTemplate();
        if (!inner.isMissingNode()) {
            wanted.withObject("/properties").remove("template");
        }
        ObjectNode body = (ObjectNode) new Evaluator(around, tolerant).evaluate(wanted);
        if (!inner.isMissingNode()) {
            body.withObject("/properties").set("template", inner);
        }
        return body;
    }

    /** A template whose expressions are evaluated by its own deployment; a missing node if it has none. */
    private JsonNode innerTemplate() {
        boolean inner = isDeployment()
                && raw.at("/properties/expressionEvaluationOptions/scope")
                        .asText()
                        .equalsIgnoreCase("Inner");
        return inner ? raw.at("/properties/template") : MissingNode.getInstance();
    }

    /** What it refers to by {@code reference}. */
    Set<String> references(Surroundings scope) {
        Surroundings around = loop.<Surroundings>map(name -> new Repetition(scope, name, turn))
                .orElse(scope);
        ObjectNode own = raw.deepCopy();
        if (!innerTemplate().isMissingNode()) {
            own.withObject("/properties").remove("template");
        }
        return new Evaluator(around, true).references(own);
    }

    TemplateResource after(Set<String> others) {
        return new TemplateResource(id, apiVersion, raw, loop, turn, Set.copyOf(others));
    }

    /** Whether a "dependsOn" or a {@code reference} means it: by its name, its type and name, its id or its loop. */
    boolean isMeantBy(String wanted) {
        return ResourceStore.same(id, wanted)
                || name().equalsIgnoreCase(wanted)
                || loop.filter(wanted::equalsIgnoreCase).isPresent()
                || id.toLowerCase(Locale.ROOT).endsWith("/providers/" + wanted.toLowerCase(Locale.ROOT));
    }
}
