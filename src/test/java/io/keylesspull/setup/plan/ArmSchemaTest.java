package io.keylesspull.setup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.setup.export.Format;
import io.keylesspull.setup.request.SetupRequest;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each resource of a template against Azure's published schema of its type and API version. */
class ArmSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode SCHEMAS = schemas();

    private static JsonNode schemas() {
        try (InputStream in = ArmSchemaTest.class.getResourceAsStream("arm-schemas.json")) {
            JsonNode schemas = JSON.readTree(in);
            // As published, unknown names pass: here none is a mistake.
            schemas.path("definitions").forEach(ArmSchemaTest::closed);
            schemas.path("resources").forEach(resource -> {
                ObjectNode properties = (ObjectNode) resource.path("properties");
                properties.putObject("scope").put("type", "string");
                properties
                        .putObject("dependsOn")
                        .put("type", "array")
                        .putObject("items")
                        .put("type", "string");
                closed(resource);
            });
            return schemas;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void closed(JsonNode schema) {
        if (schema.path("properties").isObject() && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
    }

    static List<SetupRequest> setups() {
        return ArmExportTest.setups().toList();
    }

    @ParameterizedTest
    @MethodSource("setups")
    void everyResourceIsAsItsTypesSchemaSays(SetupRequest request) throws Exception {
        JsonNode template =
                JSON.readTree(ArmExportTest.exports(request, new Facts()).text(Format.ARM));

        for (JsonNode resource : resources(template)) {
            assertThat(errors(resource)).as(resource.path("name").asText()).isEmpty();
        }
    }

    @Test
    void aMisspeltPropertyIsFound() throws Exception {
        JsonNode template = JSON.readTree(
                ArmExportTest.exports(setups().get(0), new Facts()).text(Format.ARM));
        ObjectNode registry = (ObjectNode) resources(template).get(0);
        ((ObjectNode) registry.path("properties")).put("adminUserEnable", false);

        assertThat(errors(registry)).isNotEmpty();
    }

    @Test
    void aMisspeltPropertyOfAScaleSetIsFound() throws Exception {
        SetupRequest request = setups().stream()
                .filter(one -> one.scaleSet().isPresent())
                .findFirst()
                .orElseThrow();
        JsonNode set = resources(JSON.readTree(
                        ArmExportTest.exports(request, new Facts()).text(Format.ARM)))
                .stream()
                .filter(one -> one.path("type").asText().endsWith("/virtualMachineScaleSets"))
                .findFirst()
                .orElseThrow();
        ((ObjectNode) set.at("/properties/virtualMachineProfile/osProfile")).put("computerName", "fleet");

        assertThat(errors(set)).isNotEmpty();
    }

    /** Those of deployments inside too; the deployments themselves are no resources of a provider. */
    private static List<JsonNode> resources(JsonNode template) {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode resource : template.path("resources")) {
            JsonNode nested = resource.path("properties").path("template");
            if (nested.isObject()) {
                all.addAll(resources(nested));
            } else {
                all.add(resource);
            }
        }
        return all;
    }

    private static Set<ValidationMessage> errors(JsonNode resource) {
        String key = resource.path("type").asText() + "@"
                + resource.path("apiVersion").asText();
        JsonNode found = SCHEMAS.path("resources").path(key);
        assertThat(found.isObject()).as("schema of " + key).isTrue();
        ObjectNode root = found.deepCopy();
        root.set("definitions", SCHEMAS.path("definitions"));
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(root);
        return schema.validate(resource);
    }
}
