package io.keylesspull.practice.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.wire.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Makes JSON responses. */
final class DirectoryResponses {

    private DirectoryResponses() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static Response json(int status, JsonNode body) {
        return new Response(
                status,
                Map.of("Content-Type", "application/json; charset=utf-8", "Cache-Control", "no-store"),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The form of RFC 6749, section 5.2, which IMDS uses too. */
    static Response error(int status, String error, String description) {
        return json(status, object().put("error", error).put("error_description", description));
    }
}
