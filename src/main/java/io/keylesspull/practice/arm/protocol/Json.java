package io.keylesspull.practice.arm.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** JSON helpers of the control plane. Paths are JSON pointers. */
public final class Json {

    /** Reads what ARM reads: the Azure CLI sends templates as they are, with comments, below a name without quotes. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    public static ArrayNode array(Stream<? extends JsonNode> items) {
        ArrayNode array = array();
        items.forEach(array::add);
        return array;
    }

    public static JsonNode parse(byte[] text) throws IOException {
        return MAPPER.readTree(text);
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The text at a path; empty if there is none, or it is blank. */
    public static Optional<String> text(JsonNode node, String path) {
        JsonNode found = node.at(path);
        return found.isValueNode() && !found.isNull() && !found.asText().isBlank()
                ? Optional.of(found.asText())
                : Optional.empty();
    }

    /** The text at a path that always exists, in what the control plane itself has written. */
    public static String known(JsonNode node, String path) {
        return text(node, path).orElseThrow(() -> new IllegalStateException("No " + path));
    }

    public static String id(JsonNode resource) {
        return resource.path("id").asText();
    }

    public static String name(JsonNode resource) {
        return resource.path("name").asText();
    }

    public static String location(JsonNode resource) {
        return resource.path("location").asText();
    }

    public static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    public static ObjectNode properties(ObjectNode resource) {
        return resource.withObject("/properties");
    }

    public static void state(ObjectNode resource, ProvisioningState state) {
        properties(resource).put("provisioningState", state.toString());
    }

    public static boolean isState(JsonNode resource, ProvisioningState state) {
        return resource.at("/properties/provisioningState").asText().equals(state.toString());
    }

    public static ObjectNode reference(String id) {
        return object().put("id", id);
    }
}
