package io.keylesspull.practice.arm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The few things done with JSON everywhere in the control plane. Paths are JSON pointers. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ArrayNode array(Stream<? extends JsonNode> items) {
        ArrayNode array = array();
        items.forEach(array::add);
        return array;
    }

    static JsonNode parse(byte[] text) throws IOException {
        return MAPPER.readTree(text);
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The text at a path; empty where there is none, or it is blank. */
    static Optional<String> text(JsonNode node, String path) {
        JsonNode found = node.at(path);
        return found.isValueNode() && !found.isNull() && !found.asText().isBlank()
                ? Optional.of(found.asText()) : Optional.empty();
    }

    /** The text at a path that is known to be there, in what the control plane itself has written. */
    static String known(JsonNode node, String path) {
        return text(node, path).orElseThrow(() -> new IllegalStateException("No " + path));
    }

    static String id(JsonNode resource) {
        return resource.path("id").asText();
    }

    static String name(JsonNode resource) {
        return resource.path("name").asText();
    }

    static String location(JsonNode resource) {
        return resource.path("location").asText();
    }

    static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static ObjectNode properties(ObjectNode resource) {
        return resource.withObject("/properties");
    }

    static void state(ObjectNode resource, String provisioningState) {
        properties(resource).put("provisioningState", provisioningState);
    }

    static ObjectNode reference(String id) {
        return object().put("id", id);
    }
}
