package io.keylesspull.practice.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.wire.Response;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Makes the data plane's responses. */
final class RegistryResponses {

    private RegistryResponses() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static Response json(int status, JsonNode body) {
        return json(status, body, Map.of());
    }

    static Response json(int status, JsonNode body, Map<String, String> headers) {
        return bytes(
                status, "application/json; charset=utf-8", body.toString().getBytes(StandardCharsets.UTF_8), headers);
    }

    static Response bytes(int status, String type, byte[] body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", type);
        return new Response(status, all, body);
    }

    static Response empty(int status, Map<String, String> headers) {
        return new Response(status, headers, new byte[0]);
    }

    /** Adds the header that all responses have, and removes the body from the response to HEAD. */
    static Response finish(Response response, boolean headOnly) {
        Map<String, String> headers = new HashMap<>(response.headers());
        headers.put("Docker-Distribution-Api-Version", "registry/2.0");
        if (headOnly) {
            headers.put("Content-Length", Integer.toString(response.body().length));
        }
        return new Response(response.status(), Map.copyOf(headers), headOnly ? new byte[0] : response.body());
    }
}
