package io.keylesspull.practice.arm.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.PracticeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What ARM answers lists of resources of any type from: a regional cache that learns late of what was made or deleted.
 * A resource by its id, and the lists of one type, come from the resource provider and are up to date. Source:
 * github.com/Azure/AKS/issues/1964, and the ten minutes that terraform-provider-azurerm waits for a group to be empty
 * (resource_group_resource.go). Used under the state's lock only.
 */
final class ResourceIndex {

    /** What is gone for so long is forgotten. */
    private static final Duration KEPT = Duration.ofHours(2);

    /** @param gone empty while it is there */
    private record Entry(ObjectNode resource, Instant made, Optional<Instant> gone) {

        boolean isListed(Instant asOf) {
            return !made.isAfter(asOf) && gone.map(asOf::isBefore).orElse(true);
        }
    }

    private final Map<String, Entry> entries = new TreeMap<>();
    private final PracticeClock clock;

    ResourceIndex(PracticeClock clock) {
        this.clock = clock;
    }

    void put(String key, ObjectNode resource) {
        Entry before = entries.get(key);
        Instant made = before != null && before.gone.isEmpty() ? before.made : clock.now();
        entries.put(key, new Entry(resource, made, Optional.empty()));
    }

    void remove(String key) {
        Instant now = clock.now();
        entries.values()
                .removeIf(entry ->
                        entry.gone.filter(gone -> gone.plus(KEPT).isBefore(now)).isPresent());
        entries.computeIfPresent(key, (id, entry) -> new Entry(entry.resource, entry.made, Optional.of(now)));
    }

    /** @param lag by how much the list is late */
    Stream<ObjectNode> under(String scope, Duration lag) {
        Instant asOf = clock.now().minus(lag);
        return entries.values().stream()
                .filter(entry -> entry.isListed(asOf))
                .map(Entry::resource)
                .filter(resource -> ResourceStore.isUnder(Json.id(resource), scope))
                .toList()
                .stream();
    }
}
