package io.keylesspull.setup.export;

import io.keylesspull.setup.export.Value.Id;
import io.keylesspull.setup.export.Value.Property;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A resource as Azure Resource Manager sees it.
 *
 * @param symbol what Bicep calls it
 * @param type such as {@code Microsoft.ContainerRegistry/registries}
 * @param apiVersion of the SDK that the program uses itself
 * @param group its resource group
 * @param exists whether it is only referred to
 * @param scope what it belongs to, for a role assignment; empty for most
 * @param body without type, version, name and what it depends on; empty for one that exists
 */
record Resource(
        String symbol,
        String type,
        String apiVersion,
        Value name,
        String group,
        boolean exists,
        Optional<Resource> scope,
        Map<String, Value> body) {

    Resource {
        body = new LinkedHashMap<>(body);
    }

    /** The new ones that have to be there before it, each once. */
    List<Resource> after() {
        List<Resource> needed = new ArrayList<>();
        Stream.concat(scope.stream(), values().flatMap(Resource::referred))
                .filter(other -> !other.exists && !needed.contains(other))
                .forEach(needed::add);
        return needed;
    }

    private static Stream<Resource> referred(Value value) {
        if (value instanceof Id id) {
            return Stream.of(id.of());
        }
        return value instanceof Property property ? Stream.of(property.of()) : Stream.empty();
    }

    /** All values in it. */
    Stream<Value> values() {
        return Stream.concat(Stream.of(name), body.values().stream()).flatMap(Value::all);
    }
}
