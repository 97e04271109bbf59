package io.keylesspull.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.PracticeCloud;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is in a practice cloud at one moment.
 *
 * @param things by id or name: resources and role assignments without their etags, and images
 * @param insides by machine: what it holds, but for what removing packages leaves there, as {@code apt-get remove} does
 */
record State(Map<String, Object> things, Map<String, Set<String>> insides) {

    private static final String MACHINE = "(?i).*/providers/Microsoft\\.Compute/virtualMachines/[^/]+";
    /** A scale set's, and its interface. */
    private static final String INSTANCE = "(?i).*/(?:virtualMachines/fleet_|networkInterfaces/fleetNic-)[0-9a-f]{8}";

    private static final String LEFT_BY_PACKAGES = "configuration of .*|group docker: |directory /var/lib/docker .*";

    static State of(PracticeCloud cloud) {
        Map<String, Object> things = new TreeMap<>();
        Map<String, Set<String>> insides = new TreeMap<>();
        for (String id : cloud.resourceIds().toList()) {
            things.put(id, withoutEtag(cloud.resource(id).orElseThrow()));
            if (id.matches(MACHINE)) {
                insides.put(
                        id,
                        cloud.machine(id).inventory().stream()
                                .filter(line -> !line.matches(LEFT_BY_PACKAGES))
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        cloud.roleAssignments().forEach(role -> things.put(role.path("id").asText(), withoutEtag(role)));
        cloud.images().forEach(image -> things.put("images/" + image.replaceFirst("[@:].*", ""), image));
        cloud.clusterInventory().forEach(line -> things.put(line, line));
        return new State(things, insides);
    }

    private static JsonNode withoutEtag(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("etag");
        }
        node.forEach(State::withoutEtag);
        return node;
    }

    /**
     * What came since then and is in no list: whoever looks at the list alone would never find it. Ids have no case.
     */
    List<String> unreported(State before, Set<String> list) {
        Set<String> reported = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        reported.addAll(list);
        // A machine's disk is deleted with it, instances with their scale set, and images with their registry.
        return things.keySet().stream()
                .filter(id -> !before.things.containsKey(id)
                        && !reported.contains(id)
                        && !id.contains("/disks/")
                        && !id.matches(INSTANCE)
                        && !id.startsWith("images/"))
                .map(State::name)
                .toList();
    }

    /** What came, what has changed and what has gone since then, in short names. */
    List<String> since(State before) {
        List<String> names = new ArrayList<>();
        things.forEach((id, thing) -> {
            if (!before.things.containsKey(id)) {
                names.add(name(id));
            } else if (!before.things.get(id).equals(thing)) {
                names.add(name(id) + " (changed)");
            }
        });
        before.things.keySet().stream()
                .filter(id -> !things.containsKey(id))
                .forEach(id -> names.add(name(id) + " (gone)"));
        insides.keySet().stream().filter(before.insides::containsKey).forEach(id -> {
            Set<String> kinds = changed(insides.get(id), before.insides.get(id));
            if (!kinds.isEmpty()) {
                names.add("inside " + name(id) + ": " + String.join(" and ", kinds));
            }
        });
        Collections.sort(names);
        return names;
    }

    /** The first words of what is on one side only: what kind of thing each is. */
    private static Set<String> changed(Set<String> now, Set<String> before) {
        Set<String> all = new TreeSet<>(now);
        all.addAll(before);
        return all.stream()
                .filter(line -> now.contains(line) != before.contains(line))
                .map(line -> line.replaceFirst("(?s) .*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The last type and name in an id; of a role assignment, a disk and an instance the type alone: names by chance.
     */
    private static String name(String id) {
        String[] parts = id.split("/");
        String type = parts[parts.length - 2];
        return type.equals("roleAssignments") || type.equals("disks") || id.matches(INSTANCE)
                ? type
                : type + "/" + parts[parts.length - 1];
    }
}
