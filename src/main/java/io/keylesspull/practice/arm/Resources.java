package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The envelope that all resources share. */
final class Resources {

    private Resources() {
    }

    static ObjectNode make(Kind kind, String id, String location) {
        return Json.object().put("id", id).put("name", Store.nameOf(id)).put("type", kind.type())
                .put("location", location);
    }

    /** Takes over the tags of a request that has some. */
    static void tags(ObjectNode resource, JsonNode body) {
        if (body.path("tags").isObject()) {
            resource.set("tags", body.get("tags").deepCopy());
        } else if (!resource.has("tags")) {
            resource.putObject("tags");
        }
    }
}
