package io.keylesspull.practice.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.MachineCloud.Answer;
import io.keylesspull.practice.arm.core.DenyPolicy;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.Pace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Templates with expressions, and what can be asked of a deployment besides its progress. */
class TemplateDeploymentTest {

    private static final String DEPLOYMENT = MachineCloud.GROUP + "/providers/Microsoft.Resources/deployments/d";
    private static final String OTHER = MachineCloud.SUBSCRIPTION + "/resourceGroups/other";
    private static final String REGISTRY = OTHER + "/providers/Microsoft.ContainerRegistry/registries/practiceOther";
    private static final String ACR_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    private static final String TEMPLATE = """
            {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
             // As the Azure CLI sends it.
             "contentVersion": "1.0.0.0",
             "parameters": {
               "identity": {"type": "string", "minLength": 3},
               "location": {"type": "string", "defaultValue": "[resourceGroup().location]"},
               "count": {"type": "int", "defaultValue": 2, "allowedValues": [0, 2]},
               "secret": {"type": "secureString", "defaultValue": "hidden"}},
             "variables": {"id": "[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', \
            parameters('identity'))]"},
             "resources": [
               {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "role",
                "resourceGroup": "other",
                "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"},
                  "parameters": {"principal": {"value": "[reference(parameters('identity')).principalId]"}},
                  "template": {"contentVersion": "1.0.0.0",
                    "parameters": {"principal": {"type": "string"}},
                    "resources": [
                      {"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
                       "scope": "Microsoft.ContainerRegistry/registries/practiceOther",
                       "name": "[guid(resourceGroup().id, 'pull')]",
                       "properties": {"principalId": "[parameters('principal')]",
                         "principalType": "ServicePrincipal", "description": "by template",
                         "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', \
            '7f951dda-4ed3-4680-a7ca-43fe172d538d')]"}}],
                    "outputs": {"where": {"type": "string", "value": "[resourceGroup().name]"}}}}},
               {"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31",
                "name": "[parameters('identity')]", "location": "[parameters('location')]",
                "tags": {"by": "[concat('d', 1)]"}},
               {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2023-09-01",
                "name": "[concat('nsg', copyIndex())]", "location": "[parameters('location')]",
                "copy": {"name": "groups", "count": "[parameters('count')]"},
                "dependsOn": ["[variables('id')]"], "properties": {"securityRules": []}},
               {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2023-09-01", "name": "never",
                "condition": "[equals(parameters('count'), 7)]", "location": "[parameters('location')]",
                "properties": {}}],
             "outputs": {
               "clientId": {"type": "string", "value": "[reference(variables('id')).clientId]"},
               "names": {"type": "array", "copy": {"count": "[parameters('count')]", "input": "[concat('n', \
            copyIndex())]"}},
               "where": {"type": "string", "value": "[reference('role').outputs.where.value]"},
               "kind": {"type": "string", "value": "[reference(variables('id'), '2023-01-31', 'Full').location]"}}}
            """;

    private final MachineCloud cloud = new MachineCloud(Pace.INSTANT);

    TemplateDeploymentTest() {
        prepare(cloud);
    }

    private static void prepare(MachineCloud where) {
        where.ok("PUT", OTHER, MachineCloud.located());
        ObjectNode registry = MachineCloud.located();
        registry.putObject("sku").put("name", "Basic");
        where.ok("PUT", REGISTRY, registry);
        where.time.sleep(Duration.ofMinutes(2));
    }

    @Test
    void aTemplateIsDeployedWithItsNestedOne() {
        Answer made = cloud.send("PUT", DEPLOYMENT, request(Map.of("identity", "pull")));

        assertThat(made.body().at("/properties/provisioningState").asText())
                .as(made.body().toPrettyString())
                .isEqualTo("Succeeded");
        JsonNode identity = cloud.get(MachineCloud.IDENTITIES + "/pull");
        assertThat(identity.at("/tags/by").asText()).isEqualTo("d1");
        assertThat(cloud.state.roleAssignments()).anySatisfy(role -> {
            assertThat(role.at("/properties/scope").asText()).isEqualTo(REGISTRY);
            assertThat(role.at("/properties/roleDefinitionId").asText()).endsWith(ACR_PULL);
            assertThat(role.at("/properties/principalId")).isEqualTo(identity.at("/properties/principalId"));
        });
        JsonNode outputs = made.body().at("/properties/outputs");
        assertThat(outputs.at("/clientId/value")).isEqualTo(identity.at("/properties/clientId"));
        assertThat(outputs.at("/clientId/type").asText()).isEqualTo("String");
        assertThat(outputs.at("/where/value").asText()).isEqualTo("other");
        assertThat(outputs.at("/names/value")).extracting(JsonNode::asText).containsExactly("n0", "n1");
        assertThat(outputs.at("/kind/value").asText()).isEqualTo("japaneast");
        assertThat(made.body().at("/properties/parameters/secret").has("value")).isFalse();
        assertThat(cloud.state.resourceIds())
                .anyMatch(id -> id.endsWith("/nsg0"))
                .anyMatch(id -> id.endsWith("/nsg1"))
                .noneMatch(id -> id.endsWith("/never"));
        assertThat(cloud.get(OTHER + "/providers/Microsoft.Resources/deployments/role")
                        .at("/properties/provisioningState")
                        .asText())
                .isEqualTo("Succeeded");
    }

    @Test
    void aRoleWaitsForTheDirectoryIfItSaysItsPrincipalType() {
        MachineCloud slow = new MachineCloud(Pace.REALISTIC);
        prepare(slow);
        slow.send("PUT", DEPLOYMENT, request(Map.of("identity", "pull")));
        slow.time.sleep(Duration.ofMinutes(1));

        assertThat(slow.get(DEPLOYMENT).at("/properties/provisioningState").asText())
                .isEqualTo("Succeeded");
    }

    @Test
    void parametersAreCheckedInAzuresWords() {
        assertThat(refused(Map.of())).contains("The value for the template parameter 'identity' is not provided");
        assertThat(refused(Map.of("identity", 1)))
                .contains("Template parameter JToken type is not valid. Expected 'String, Uri'. Actual 'Integer'");
        assertThat(refused(Map.of("identity", "pull", "size", "s")))
                .contains("The template parameters 'size' in the parameters file are not valid")
                .contains("supported parameters for this template are 'identity, location, count, secret'");
        assertThat(refused(Map.of("identity", "pull", "count", 3)))
                .contains("The provided value '3' for the template parameter 'count' is not valid")
                .contains("not part of the allowed value(s): '0,2'");
        assertThat(refused(Map.of("identity", "i"))).contains("greater than or equal to '3'");
        assertThat(cloud.state.resourceIds()).noneMatch(id -> id.contains("nsg"));
    }

    @Test
    void limitsOfTemplatesAreKept() {
        ObjectNode request = request(Map.of("identity", "pull"));
        ObjectNode parameters = (ObjectNode) request.at("/properties/template/parameters");
        IntStream.range(0, 253).forEach(i -> parameters.putObject("p" + i).put("type", "string"));
        assertThat(cloud.send("PUT", DEPLOYMENT, request).message())
                .contains("parameters limit exceeded. Limit: '256' and actual: '257'");
        ObjectNode many = request(Map.of("identity", "pull"));
        ObjectNode again = many.at("/properties/template/resources/1").deepCopy();
        IntStream.range(0, 800)
                .forEach(i -> many.withArray("/properties/template/resources")
                        .add(again.deepCopy().put("name", "identity" + i)));
        assertThat(cloud.send("PUT", DEPLOYMENT, many).message())
                .contains("The number of template resources limit exceeded. Limit: '800' and actual: '804'.");
        ObjectNode large = request(Map.of("identity", "pull"));
        ((ObjectNode) large.at("/properties/template")).put("metadata", "x".repeat(4 * 1024 * 1024));
        Answer refused = cloud.send("PUT", DEPLOYMENT, large);
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.code()).isEqualTo("RequestContentTooLarge");
    }

    @Test
    void validationNamesWhatWouldBeDeployed() {
        Answer valid = cloud.send("POST", DEPLOYMENT + "/validate", request(Map.of("identity", "pull", "count", 0)));

        assertThat(valid.status()).as(valid.body().toString()).isEqualTo(200);
        assertThat(valid.body().at("/properties/validatedResources"))
                .extracting(one -> one.path("id").asText())
                .contains(MachineCloud.IDENTITIES + "/pull", OTHER + "/providers/Microsoft.Resources/deployments/role")
                .anyMatch(id -> id.startsWith(REGISTRY + "/providers/Microsoft.Authorization/roleAssignments/"))
                .hasSize(3);
        assertThat(cloud.send("GET", DEPLOYMENT, Json.object()).status()).isEqualTo(404);
    }

    @Test
    void aNestedDeploymentIsDependedOnByItsIdInItsOwnGroup() {
        ObjectNode request = request(Map.of("identity", "pull"));
        ObjectNode identity = (ObjectNode) request.at("/properties/template/resources/2");
        identity.putArray("dependsOn").add("[resourceId('Microsoft.Resources/deployments', 'role')]");
        Answer refused = cloud.send("POST", DEPLOYMENT + "/validate", request);
        assertThat(refused.message()).contains("deployments/role' is not defined in the template");

        identity.putArray("dependsOn").add("[resourceId('other', 'Microsoft.Resources/deployments', 'role')]");
        assertThat(cloud.send("POST", DEPLOYMENT + "/validate", request).status())
                .isEqualTo(200);
    }

    @Test
    void aNestedTemplateForAGroupThatDoesNotExistIsRefusedBeforehand() {
        ObjectNode request = request(Map.of("identity", "pull"));
        ((ObjectNode) request.at("/properties/template/resources/0")).put("resourceGroup", "nowhere");
        Answer refused = cloud.send("PUT", DEPLOYMENT, request);

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.message()).isEqualTo("Resource group 'nowhere' could not be found.");
    }

    @Test
    void policiesAndQuotasAreCheckedBeforeTheFirstResourceIsMade() {
        cloud.state
                .context()
                .limits()
                .deny(new DenyPolicy(OTHER, "Microsoft.Authorization/roleAssignments", "no-roles"));
        Answer denied = cloud.send("PUT", DEPLOYMENT, request(Map.of("identity", "pull")));
        assertThat(denied.code()).isEqualTo("InvalidTemplateDeployment");
        assertThat(denied.message()).contains("because of policy violation");
        assertThat(denied.body().at("/error/details/0/code").asText()).isEqualTo("RequestDisallowedByPolicy");

        ObjectNode large = MachineCloud.wanted("nic")
                .put("type", "Microsoft.Compute/virtualMachines")
                .put("apiVersion", "2024-07-01")
                .put("name", "large");
        large.withObject("/properties/hardwareProfile").put("vmSize", "Standard_D32s_v5");
        ObjectNode request = request(Map.of("identity", "pull"));
        request.withArray("/properties/template/resources").remove(0);
        request.withArray("/properties/template/resources").add(large);
        ((ObjectNode) request.at("/properties/template/outputs")).remove("where");
        cloud.state.context().limits().limitCores(MachineCloud.SUBSCRIPTION.substring("/subscriptions/".length()), 1);
        large.withObject("/properties/hardwareProfile").put("vmSize", "Standard_B2s");
        Answer exceeded = cloud.send("POST", DEPLOYMENT + "/validate", request);
        assertThat(exceeded.code()).as(exceeded.toString()).isEqualTo("InvalidTemplateDeployment");
        assertThat(exceeded.message()).contains("is not valid according to the validation procedure");
        assertThat(exceeded.body().at("/error/details/0/code").asText()).isEqualTo("QuotaExceeded");
        large.putObject("copy").put("name", "machines").put("count", 5);
        large.put("name", "[concat('large', copyIndex())]");
        assertThat(cloud.send("POST", DEPLOYMENT + "/validate", request).body().at("/error/details"))
                .singleElement()
                .satisfies(detail -> assertThat(detail.path("message").asText())
                        .contains("Current Limit: 1, Current Usage: 0, Additional Required: 10"));
        assertThat(cloud.state.resourceIds()).noneMatch(id -> id.endsWith("/pull"));
    }

    @Test
    void whatIfTellsWhatWouldBeCreatedAndChanged() {
        Map<String, String> before = changes(cloud, request(Map.of("identity", "pull")));
        assertThat(before)
                .containsEntry("pull", "Create")
                .containsEntry("nsg0", "Create")
                .containsEntry("nic", "Ignore")
                .doesNotContainKey("role");
        cloud.ok("PUT", DEPLOYMENT, request(Map.of("identity", "pull")));

        Map<String, String> again = changes(cloud, request(Map.of("identity", "pull")));
        assertThat(again).containsEntry("pull", "NoChange").containsEntry("nsg1", "NoChange");
        assertThat(again.values()).containsOnlyOnce("Modify");

        ObjectNode changed = request(Map.of("identity", "pull", "count", 0));
        ((ObjectNode) changed.at("/properties/template/resources/1/tags")).put("by", "another");
        JsonNode changes = whatIf(cloud, changed).at("/properties/changes");
        JsonNode identity = Json.items(changes)
                .filter(one -> one.path("resourceId").asText().endsWith("/pull"))
                .findFirst()
                .orElseThrow();
        assertThat(identity.path("changeType").asText()).isEqualTo("Modify");
        assertThat(identity.path("delta")).singleElement().satisfies(delta -> {
            assertThat(delta.path("path").asText()).isEqualTo("tags.by");
            assertThat(delta.path("before").asText()).isEqualTo("d1");
            assertThat(delta.path("after").asText()).isEqualTo("another");
        });
        assertThat(changes).anySatisfy(role -> {
            assertThat(role.path("resourceId").asText()).contains("/roleAssignments/");
            assertThat(role.path("delta"))
                    .as("a property that needs reference() is always said to change")
                    .singleElement()
                    .satisfies(
                            delta -> assertThat(delta.path("after").asText()).isEqualTo("[parameters('principal')]"));
        });
    }

    @Test
    void whatIfIsPolledAndTellsATemplateThatCannotBeDeployed() {
        MachineCloud slow = new MachineCloud(Pace.REALISTIC);
        prepare(slow);
        Answer accepted = slow.send("POST", DEPLOYMENT + "/whatIf", request(Map.of()));
        assertThat(accepted.status()).isEqualTo(202);
        slow.time.sleep(Duration.ofSeconds(30));
        Answer result = slow.sendTo("GET", accepted.headers().get("Location"), Json.object());

        assertThat(result.status()).isEqualTo(200);
        assertThat(result.body().path("status").asText()).isEqualTo("Failed");
        assertThat(result.code()).isEqualTo("InvalidTemplate");
    }

    @Test
    void aDeploymentIsCanceledAndDeletedWithoutWhatItMade() {
        MachineCloud slow = new MachineCloud(Pace.REALISTIC);
        prepare(slow);
        slow.send("PUT", DEPLOYMENT, request(Map.of("identity", "pull")));
        assertThat(slow.send("HEAD", DEPLOYMENT, Json.object()).status()).isEqualTo(204);

        assertThat(slow.send("POST", DEPLOYMENT + "/cancel", Json.object()).status())
                .isEqualTo(204);
        slow.time.sleep(Duration.ofMinutes(1));
        assertThat(slow.get(DEPLOYMENT).at("/properties/provisioningState").asText())
                .isEqualTo("Canceled");
        assertThat(slow.send("POST", DEPLOYMENT + "/cancel", Json.object()).code())
                .isEqualTo("DeploymentCannotBeCancelled");
        assertThat(slow.send("DELETE", DEPLOYMENT, Json.object()).status()).isEqualTo(202);
        slow.time.sleep(Duration.ofMinutes(1));
        assertThat(slow.send("HEAD", DEPLOYMENT, Json.object()).status()).isEqualTo(404);
        assertThat(slow.send("DELETE", DEPLOYMENT, Json.object()).status()).isEqualTo(204);
        assertThat(slow.state.resourceIds()).anyMatch(id -> id.endsWith("/pull"));
    }

    private String refused(Map<String, Object> parameters) {
        Answer refused = cloud.send("PUT", DEPLOYMENT, request(parameters));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("InvalidTemplate");
        assertThat(refused.message()).startsWith("Deployment template validation failed: '");
        return refused.message();
    }

    private static Map<String, String> changes(MachineCloud where, ObjectNode request) {
        Map<String, String> changes = new TreeMap<>();
        whatIf(where, request).at("/properties/changes").forEach(change -> {
            String id = change.path("resourceId").asText();
            changes.put(
                    id.substring(id.lastIndexOf('/') + 1),
                    change.path("changeType").asText());
        });
        return changes;
    }

    private static JsonNode whatIf(MachineCloud where, ObjectNode request) {
        JsonNode result = where.ok("POST", DEPLOYMENT + "/whatIf", request);
        assertThat(result.path("status").asText()).as(result.toString()).isEqualTo("Succeeded");
        return result;
    }

    private static ObjectNode request(Map<String, Object> parameters) {
        ObjectNode request = Json.object();
        ObjectNode properties = request.putObject("properties").put("mode", "Incremental");
        properties.set("template", json(TEMPLATE));
        ObjectNode values = properties.putObject("parameters");
        parameters.forEach((name, value) -> values.putObject(name).putPOJO("value", value));
        return (ObjectNode) json(request.toString());
    }

    private static JsonNode json(String text) {
        try {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
