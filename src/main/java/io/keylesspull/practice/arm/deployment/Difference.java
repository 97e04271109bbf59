package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Locations;
import io.keylesspull.practice.arm.protocol.Json;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * What a template would change in a resource: what it names and is otherwise there. What it does not name stays as the
 * provider has it, except tags.
 */
final class Difference {

    /** Providers are told these, and never show them. */
    private static final Set<String> NEVER_SHOWN = Set.of("adminPassword", "customData", "protectedParameters");

    private final ArrayNode delta = Json.array();

    private Difference() {}

    /** @return property changes as what-if shows them; empty if nothing changes */
    static ArrayNode between(JsonNode before, ObjectNode wanted) {
        Difference difference = new Difference();
        wanted.fields().forEachRemaining(field -> {
            if (field.getKey().equals("tags")) {
                difference.tags(before.path("tags"), field.getValue());
            } else {
                difference.compare(field.getKey(), field.getKey(), before.path(field.getKey()), field.getValue());
            }
        });
        return difference.delta;
    }

    private void tags(JsonNode before, JsonNode wanted) {
        compare("tags", "tags", before, wanted);
        before.fields().forEachRemaining(tag -> {
            if (!wanted.has(tag.getKey())) {
                delta.addObject()
                        .put("path", "tags." + tag.getKey())
                        .put("propertyChangeType", "Delete")
                        .set("before", tag.getValue());
            }
        });
    }

    private void compare(String path, String name, JsonNode before, JsonNode wanted) {
        if (NEVER_SHOWN.contains(name) && before.isMissingNode() || wanted.isNull() && isNothing(before)) {
            return;
        }
        if (wanted.isObject() && before.isObject()) {
            wanted.fields()
                    .forEachRemaining(field -> compare(
                            path + "." + field.getKey(),
                            field.getKey(),
                            find(before, field.getKey()),
                            field.getValue()));
            return;
        }
        if (wanted.isArray() && before.isArray() && wanted.size() == before.size()) {
            for (int i = 0; i < wanted.size(); i++) {
                compare(path + "." + i, name, before.get(i), wanted.get(i));
            }
            return;
        }
        if (same(name, before, wanted)) {
            return;
        }
        ObjectNode change = delta.addObject()
                .put("path", path)
                .put("propertyChangeType", before.isMissingNode() ? "Create" : "Modify");
        if (!before.isMissingNode()) {
            change.set("before", before);
        }
        change.set("after", wanted);
    }

    /** Names have no case: some of them are ids. */
    private static JsonNode find(JsonNode object, String name) {
        Iterable<String> names = object::fieldNames;
        return StreamSupport.stream(names.spliterator(), false)
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .map(object::path)
                .orElseGet(MissingNode::getInstance);
    }

    private static boolean isNothing(JsonNode before) {
        return before.isMissingNode() || before.isNull();
    }

    /** Ids, locations and enumerated values have no case. */
    private static boolean same(String name, JsonNode before, JsonNode wanted) {
        if (!before.isTextual() || !wanted.isTextual()) {
            return before.equals(wanted) || before.isNumber() && before.asText().equals(wanted.asText());
        }
        return name.equals("location")
                ? Locations.canonical(before.asText()).equals(Locations.canonical(wanted.asText()))
                : before.asText().equalsIgnoreCase(wanted.asText());
    }
}
