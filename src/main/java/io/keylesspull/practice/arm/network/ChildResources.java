package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmPages;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ProvisioningState;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The child resources of {@code Microsoft.Network}: subnets and security rules. */
final class ChildResources {

    private final ResourceKind parentKind;
    private final String plural;
    private final Rules rules;
    private final NetworkResources shared;

    ChildResources(ResourceKind parentKind, String plural, Rules rules, NetworkResources shared) {
        this.parentKind = parentKind;
        this.plural = plural;
        this.rules = rules;
        this.shared = shared;
    }

    /** The rules of one type of child. */
    interface Rules {

        /** Fails if a child is invalid, by itself or together with the others. */
        void check(ObjectNode parent, List<JsonNode> children);

        /** Fails if a child cannot be deleted because it is in use. */
        default void requireUnused(JsonNode child) {}

        /** Adds what follows from other resources. */
        default void complete(ObjectNode shown) {}
    }

    /** Sets the children that a PUT of the parent names; if it names none, they stay as they are. */
    void replace(ObjectNode parent, JsonNode body) {
        JsonNode wanted = body.at("/properties/" + plural);
        List<JsonNode> before = Json.items(of(parent)).toList();
        if (wanted.isArray()) {
            ArrayNode children = Json.array(Json.items(wanted)
                    .map(child -> child(parent, child.path("name").asText(), child)));
            before.stream()
                    .filter(child -> find(children, Json.name(child)).isEmpty())
                    .forEach(rules::requireUnused);
            Json.properties(parent).set(plural, children);
        }
        rules.check(parent, Json.items(of(parent)).toList());
    }

    /** Answers {@code …/PARENT/subnets} and {@code …/PARENT/subnets/CHILD}. */
    CallResult below(ArmCall call, ObjectNode parent) {
        List<String> tail = call.target().tail();
        if (!call.target().isPart(2, plural) || tail.size() > 4) {
            throw ArmError.notFound("'" + call.target().path() + "'");
        }
        if (tail.size() == 3) {
            if (!call.is("GET")) {
                throw ArmError.methodNotAllowed(call.method());
            }
            return ArmPages.of(call, shown(parent).toList());
        }
        String name = tail.get(3);
        Optional<JsonNode> existing = find(of(parent), name);
        return switch (call.method()) {
            case "GET" ->
                ArmReply.ok(existing.map(child -> shown(parent, child)).orElseThrow(() -> missing(parent, name)));
            case "PUT" -> put(call, parent, name, existing);
            case "DELETE" -> existing.map(child -> delete(call, parent, child)).orElseGet(() -> ArmReply.empty(204));
            default -> throw ArmError.methodNotAllowed(call.method());
        };
    }

    /** The children as Azure shows them. */
    void show(ObjectNode shownParent) {
        Json.properties(shownParent).set(plural, Json.array(shown(shownParent)));
    }

    private ArmReply put(ArmCall call, ObjectNode parent, String name, Optional<JsonNode> existing) {
        NetworkResources.refuseWhileDeleting(parent);
        ObjectNode changed = parent.deepCopy();
        ArrayNode children = without(changed, name);
        ObjectNode child = child(parent, existing.map(Json::name).orElse(name), call.body());
        children.add(child);
        rules.check(changed, Json.items(children).toList());
        return shared.written(call, changed, existing.isPresent(), () -> shown(changed, child));
    }

    private ArmReply delete(ArmCall call, ObjectNode parent, JsonNode child) {
        NetworkResources.refuseWhileDeleting(parent);
        rules.requireUnused(child);
        ObjectNode changed = parent.deepCopy();
        without(changed, Json.name(child));
        return shared.childDeleted(call, changed);
    }

    private ObjectNode child(ObjectNode parent, String name, JsonNode body) {
        NetworkResources.requireValidName(name);
        ObjectNode child = Json.object()
                .put("id", Json.id(parent) + "/" + plural + "/" + name)
                .put("name", name)
                .put("type", parentKind.type() + "/" + plural);
        child.set(
                "properties",
                body.path("properties").isObject() ? body.get("properties").deepCopy() : Json.object());
        return child;
    }

    private Stream<ObjectNode> shown(ObjectNode parent) {
        return Json.items(of(parent)).map(child -> shown(parent, child));
    }

    private ObjectNode shown(ObjectNode parent, JsonNode child) {
        ObjectNode shown = child.deepCopy();
        shown.put("etag", parent.path("etag").asText());
        Json.properties(shown)
                .put(
                        "provisioningState",
                        parent.at("/properties/provisioningState").asText(ProvisioningState.SUCCEEDED.toString()));
        rules.complete(shown);
        return shown;
    }

    private ArrayNode without(ObjectNode parent, String name) {
        ArrayNode left = Json.array(
                Json.items(of(parent)).filter(child -> !Json.name(child).equalsIgnoreCase(name)));
        Json.properties(parent).set(plural, left);
        return left;
    }

    private ArrayNode of(ObjectNode parent) {
        return Json.properties(parent).withArray("/" + plural);
    }

    private static Optional<JsonNode> find(JsonNode children, String name) {
        return Json.items(children)
                .filter(child -> Json.name(child).equalsIgnoreCase(name))
                .findFirst();
    }

    private ArmError missing(ObjectNode parent, String name) {
        return ArmError.of(404, "NotFound", "Resource " + Json.id(parent) + "/" + plural + "/" + name + " not found.");
    }
}
