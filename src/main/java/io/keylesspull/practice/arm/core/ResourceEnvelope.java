package io.keylesspull.practice.arm.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;

/** The properties that all resources have in common. */
public final class ResourceEnvelope {

    private ResourceEnvelope() {}

    public static ObjectNode make(ResourceKind kind, String id, String location) {
        return Json.object()
                .put("id", id)
                .put("name", ResourceStore.nameOf(id))
                .put("type", kind.type())
                .put("location", location);
    }

    /** Sets the tags if the request has any. */
    public static void tags(ObjectNode resource, JsonNode body) {
        if (body.path("tags").isObject()) {
            resource.set("tags", body.get("tags").deepCopy());
        } else if (!resource.has("tags")) {
            resource.putObject("tags");
        }
    }
}
