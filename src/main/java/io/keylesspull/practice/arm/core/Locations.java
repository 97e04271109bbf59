package io.keylesspull.practice.arm.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.data.DataTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Azure's public regions. Source: learn.microsoft.com/azure/reliability/regions-list. */
public final class Locations {

    private final Map<String, Location> byName = new LinkedHashMap<>();

    public Locations() {
        for (List<String> row : DataTable.rows("locations.txt")) {
            byName.put(
                    row.get(0),
                    new Location(
                            row.get(0),
                            row.get(1),
                            row.get(2),
                            row.get(3),
                            row.get(4).equals("R"),
                            row.get(5).equals("3"),
                            row.get(6)));
        }
    }

    /** @param name as people write it, such as {@code Japan East} */
    public static String canonical(String name) {
        return name.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    public boolean has(String name) {
        return byName.containsKey(canonical(name));
    }

    public boolean hasZones(String name) {
        Location found = byName.get(canonical(name));
        return found != null && found.zones;
    }

    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    public List<String> displayNames() {
        return byName.values().stream().map(Location::displayName).toList();
    }

    public List<JsonNode> list(String subscription) {
        return byName.values().stream()
                .<JsonNode>map(location -> location.json(subscription))
                .toList();
    }

    /** The canonical name of the location that the body of a new resource names. */
    public String required(JsonNode body, ResourceKind kind) {
        String wanted = Json.text(body, "/location")
                .orElseThrow(() -> ArmError.badRequest(
                        "LocationRequired", "The location property is required for this definition."));
        if (!has(wanted)) {
            throw ArmError.badRequest(
                    "LocationNotAvailableForResourceType",
                    "The provided location '" + wanted
                            + "' is not available for resource type '" + kind.type()
                            + "'. List of available regions for the "
                            + "resource type is '" + names().stream().collect(Collectors.joining(",")) + "'.");
        }
        return canonical(wanted);
    }

    private record Location(
            String name,
            String displayName,
            String geography,
            String city,
            boolean recommended,
            boolean zones,
            String paired) {

        private ObjectNode json(String subscription) {
            String above = "/subscriptions/" + subscription + "/locations/";
            ObjectNode node = Json.object()
                    .put("id", above + name)
                    .put("name", name)
                    .put("type", "Region")
                    .put("displayName", displayName)
                    .put("regionalDisplayName", "(" + geography + ") " + displayName);
            ObjectNode metadata = node.putObject("metadata")
                    .put("regionType", "Physical")
                    .put("regionCategory", recommended ? "Recommended" : "Other")
                    .put("geographyGroup", geography)
                    .put("physicalLocation", city);
            if (!paired.isEmpty()) {
                metadata.putArray("pairedRegion")
                        .addObject()
                        .put("name", paired)
                        .put("id", above + paired);
            }
            if (zones) {
                var mappings = node.putArray("availabilityZoneMappings");
                for (int zone = 1; zone <= 3; zone++) {
                    mappings.addObject().put("logicalZone", "" + zone).put("physicalZone", name + "-az" + zone);
                }
            }
            return node;
        }
    }
}
