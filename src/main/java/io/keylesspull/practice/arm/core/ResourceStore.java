package io.keylesspull.practice.arm.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.clock.PracticeClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All resources and resource groups by id, without regard to case. Used under the state's lock only. */
public final class ResourceStore {

    private final NavigableMap<String, ObjectNode> resources = new TreeMap<>();
    /** The same by type. */
    private final Map<String, Map<String, ObjectNode>> byType = new HashMap<>();

    private final ResourceIndex index;

    public ResourceStore(PracticeClock clock) {
        index = new ResourceIndex(clock);
    }

    public Optional<ObjectNode> find(String id) {
        return Optional.ofNullable(resources.get(key(id)));
    }

    public Optional<ObjectNode> find(ResourceKind kind, String id) {
        return find(id).filter(kind::isOf);
    }

    public void put(ObjectNode resource) {
        String key = key(Json.id(resource));
        resources.put(key, resource);
        byType.computeIfAbsent(type(resource), type -> new TreeMap<>()).put(key, resource);
        index.put(key, resource);
    }

    void remove(String id) {
        ObjectNode removed = resources.remove(key(id));
        if (removed != null) {
            Objects.requireNonNull(byType.get(type(removed))).remove(key(id));
        }
        index.remove(key(id));
    }

    private static String type(ObjectNode resource) {
        return resource.path("type").asText().toLowerCase(Locale.ROOT);
    }

    public Stream<ObjectNode> all() {
        return List.copyOf(resources.values()).stream();
    }

    public Stream<ObjectNode> all(ResourceKind kind) {
        return List.copyOf(byType.getOrDefault(kind.key(), Map.of()).values()).stream();
    }

    /** The resources below a scope. @param scope an id */
    public Stream<ObjectNode> under(String scope) {
        String above = key(scope);
        if (above.equals("/")) {
            return all();
        }
        // All keys that begin with the scope and a slash: the next character after that is zero.
        return List.copyOf(resources.subMap(above + "/", above + "0").values()).stream();
    }

    /** As lists of resources of any type show it. @param lag by how much they are late */
    public Stream<ObjectNode> listedUnder(String scope, Duration lag) {
        return index.under(scope, lag);
    }

    public static boolean same(String id, String other) {
        return isPlain(id) && isPlain(other) ? id.equalsIgnoreCase(other) : key(id).equals(key(other));
    }

    /** Nothing in it would be collapsed. */
    private static boolean isPlain(String id) {
        return !id.endsWith("/") && !id.contains("//");
    }

    /** Whether an id lies strictly below a scope. */
    public static boolean isUnder(String id, String scope) {
        String above = key(scope);
        String below = key(id);
        return below.startsWith(above.equals("/") ? above : above + "/") && !below.equals(above);
    }

    public static String nameOf(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    public static String groupOf(String id) {
        return RequestPath.of(id).group().orElse("");
    }

    static String key(String id) {
        String collapsed = (id.contains("//") ? id.replaceAll("/{2,}", "/") : id).toLowerCase(Locale.ROOT);
        return collapsed.length() > 1 && collapsed.endsWith("/")
                ? collapsed.substring(0, collapsed.length() - 1)
                : collapsed;
    }
}
