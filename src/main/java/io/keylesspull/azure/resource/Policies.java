package io.keylesspull.azure.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.azure.http.ArmReads;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Azure Policy would refuse, asked before anything is created. Sources: Azure/azure-rest-api-specs,
 * policyinsights, checkPolicyRestrictions 2023-03-01; the right for it is
 * {@code Microsoft.PolicyInsights/checkPolicyRestrictions/read}, which Reader has.
 */
public final class Policies {

    private static final String CHECK =
            "/providers/Microsoft.PolicyInsights/checkPolicyRestrictions?api-version=2023-03-01";
    private static final String ASSIGNMENT = "?api-version=2022-06-01";

    /**
     * A new resource, as far as it is known.
     *
     * @param type such as {@code Microsoft.Compute/virtualMachines}
     * @param apiVersion of the properties
     * @param properties by their path, such as {@code properties.hardwareProfile.vmSize}
     */
    public record Resource(String type, String apiVersion, String location, Map<String, String> properties) {}

    /**
     * A policy that refuses a resource.
     *
     * @param name the assignment's display name, or its name
     * @param message what the assignment says about it; may be empty
     * @param certain whether it depends on nothing but what is known of the resource
     */
    public record Denial(String name, String assignmentId, String message, boolean certain) {}

    private final String subscription;
    private final ArmReads reads;

    Policies(String subscription, ArmReads reads) {
        this.subscription = subscription;
        this.reads = reads;
    }

    /** @param group where it would be made, or may not exist yet; empty for a resource group itself */
    public List<Denial> denials(Optional<String> group, Resource resource) throws AzureException, InterruptedException {
        ObjectNode content = content(resource);
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        ObjectNode details = request.putObject("resourceDetails");
        details.set("resourceContent", content);
        details.put("apiVersion", resource.apiVersion());
        List<Denial> denials = new ArrayList<>();
        for (JsonNode evaluation : asked(group, request).at("/contentEvaluationResult/policyEvaluations")) {
            String effect = evaluation.at("/effectDetails/policyEffect").asText("deny");
            if (evaluation.path("evaluationResult").asText().equalsIgnoreCase("NonCompliant")
                    && effect.equalsIgnoreCase("deny")) {
                denials.add(denial(evaluation, content));
            }
        }
        return denials;
    }

    private JsonNode asked(Optional<String> group, ObjectNode request) throws AzureException, InterruptedException {
        String all = "/subscriptions/" + subscription;
        try {
            return reads.post(all + group.map("/resourceGroups/"::concat).orElse("") + CHECK, request);
        } catch (AzureException e) {
            if (group.isEmpty() || e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
            // The group will be made too. What is assigned to the subscription counts for it.
            return reads.post(all + CHECK, request);
        }
    }

    private static ObjectNode content(Resource resource) {
        ObjectNode content = JsonNodeFactory.instance
                .objectNode()
                .put("type", resource.type())
                .put("location", resource.location());
        resource.properties().forEach((path, value) -> {
            ObjectNode at = content;
            String left = path;
            for (int dot = left.indexOf('.'); dot >= 0; dot = left.indexOf('.')) {
                at = at.withObject("/" + left.substring(0, dot));
                left = left.substring(dot + 1);
            }
            at.put(left, value);
        });
        return content;
    }

    private Denial denial(JsonNode evaluation, ObjectNode content) throws InterruptedException {
        boolean certain = true;
        for (JsonNode expression : evaluation.at("/evaluationDetails/evaluatedExpressions")) {
            String path = expression.path("path").asText();
            certain &= !content.at("/" + path.replace('.', '/')).isMissingNode();
        }
        String id = evaluation.at("/policyInfo/policyAssignmentId").asText();
        JsonNode assignment = assignment(id);
        return new Denial(
                assignment.path("displayName").asText(ArmId.name(id)),
                id,
                assignment.at("/nonComplianceMessages/0/message").asText(),
                certain);
    }

    /** Its properties; nothing if the account may not see it, as where it is assigned to a management group. */
    private JsonNode assignment(String id) throws InterruptedException {
        try {
            return reads.get(id + ASSIGNMENT).path("properties");
        } catch (AzureException hidden) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
