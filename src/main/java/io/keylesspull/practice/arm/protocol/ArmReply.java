package io.keylesspull.practice.arm.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.keylesspull.practice.wire.Response;
import java.util.HashMap;
import java.util.Map;

/** A reply of the control plane. @param body a missing node if there is none */
public record ArmReply(int status, JsonNode body, Map<String, String> headers) implements CallResult {

    public static ArmReply ok(JsonNode body) {
        return new ArmReply(200, body, Map.of());
    }

    public static ArmReply ok() {
        return empty(200);
    }

    public static ArmReply put(boolean existed, JsonNode body) {
        return new ArmReply(existed ? 200 : 201, body, Map.of());
    }

    public static ArmReply empty(int status) {
        return new ArmReply(status, MissingNode.getInstance(), Map.of());
    }

    public ArmReply with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new ArmReply(status, body, all);
    }

    public Response response() {
        if (body.isMissingNode()) {
            return new Response(status, headers, new byte[0]);
        }
        return new Response(
                status, with(Map.of("Content-Type", "application/json; charset=utf-8")).headers, Json.bytes(body));
    }
}
