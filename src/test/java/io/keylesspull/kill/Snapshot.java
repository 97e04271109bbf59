package io.keylesspull.kill;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.text.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All that is in a practice cloud, a line for each value: resources, role assignments, images, and what clusters and
 * machines remember. What is another in every cloud, such as GUIDs and keys, is replaced by its kind and by how many of
 * that kind came before it, so that what was the same value stays the same; and times by the word alone.
 */
record Snapshot(List<String> lines) {

    private static final Map<String, Pattern> NAMED = Map.of(
            "guid", Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
            "hex", Pattern.compile("(?i)(?<![0-9a-z:])[0-9a-f]{32}(?![0-9a-f])"),
            "run", Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]{5}(?![0-9a-f])"),
            "instance", Pattern.compile("(?i)(?<=fleet_|fleetNic-)[0-9a-f]{8}(?![0-9a-f])"),
            "host", Pattern.compile("(?i)(?<![0-9a-z])fleet[0-9a-f]{6}(?![0-9a-z])"),
            "digest", Pattern.compile("sha256:[0-9a-f]{64}"),
            "key", Pattern.compile("(?:ssh-(?:ed25519|rsa)|ecdsa-sha2-nistp\\d+) [A-Za-z0-9+/=]+"),
            "address",
                    Pattern.compile(
                            "(?<![0-9.])(?!0\\.|10\\.|203\\.0\\.113\\.24)\\d{1,3}(?:\\.\\d{1,3}){3}(?![0-9.])"));
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|\\+00:00)");

    static Snapshot of(PracticeCloud cloud) {
        Masks masks = new Masks();
        List<String> lines = new ArrayList<>();
        List<String> ids = cloud.resourceIds().toList();
        for (String id : ids) {
            cloud.resource(id).ifPresent(resource -> flatten(masks.mask(id), resource, masks, lines));
        }
        // Resources come first, so that whose role it is decides the order, and not the assignment's own GUID.
        cloud.roleAssignments().stream()
                .sorted(Comparator.comparing(
                        made -> masks.known(made.at("/properties/scope").asText()
                                + made.at("/properties/roleDefinitionId").asText()
                                + made.at("/properties/principalId").asText())))
                .forEach(made -> flatten(
                        "role assignment at "
                                + masks.mask(made.at("/properties/scope").asText()),
                        made,
                        masks,
                        lines));
        cloud.images().map(masks::mask).forEach(lines::add);
        cloud.clusterInventory().map(masks::mask).forEach(lines::add);
        ids.stream()
                .filter(id -> id.matches("(?i).*/providers/Microsoft\\.Compute/virtualMachines/[^/]+"))
                .forEach(id -> cloud.machine(id)
                        .inventory()
                        .forEach(line -> lines.add(masks.mask(id.substring(id.lastIndexOf('/') + 1) + ": " + line))));
        return new Snapshot(lines);
    }

    private static void flatten(String name, JsonNode node, Masks masks, List<String> lines) {
        if (node.isContainerNode() && !node.isEmpty()) {
            if (node.isObject()) {
                node.fieldNames()
                        .forEachRemaining(
                                field -> flatten(name + " | " + masks.mask(field), node.get(field), masks, lines));
            } else {
                node.forEach(item -> flatten(name + " | -", item, masks, lines));
            }
        } else {
            lines.add(name + " = " + (name.endsWith(" | etag") ? "<etag>" : masks.mask(plain(name, node.asText()))));
        }
    }

    /** A scale set tells the identity's client id in Base64. */
    private static String plain(String name, String value) {
        return name.endsWith(" | customData")
                ? new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)
                : value;
    }

    /** What is only in the other one (+) and what is only in this one (-); empty where both are the same. */
    List<String> difference(Snapshot other) {
        List<String> less = new ArrayList<>(lines);
        other.lines.forEach(less::remove);
        List<String> more = new ArrayList<>(other.lines);
        lines.forEach(more::remove);
        return Stream.concat(
                        less.stream().map(line -> "- " + line), more.stream().map(line -> "+ " + line))
                .toList();
    }

    private static final class Masks {

        private final Redactor secrets = Redactor.shapesOnly();
        private final Map<String, String> masks = new HashMap<>();
        private final Map<String, Integer> counts = new HashMap<>();

        String mask(String text) {
            String masked = TIME.matcher(text).replaceAll("<time>");
            for (Map.Entry<String, Pattern> kind : NAMED.entrySet()) {
                masked = kind.getValue()
                        .matcher(masked)
                        .replaceAll(found -> Matcher.quoteReplacement(masks.computeIfAbsent(
                                found.group().toLowerCase(Locale.ROOT), value -> next(kind.getKey()))));
            }
            // Last: by chance a key can hold what looks like the beginning of a token.
            return secrets.mask(masked);
        }

        private String next(String kind) {
            return "<" + kind + " " + counts.merge(kind, 1, Integer::sum) + ">";
        }

        /** Masks what was masked before, and leaves the rest. */
        String known(String text) {
            return NAMED.get("guid")
                    .matcher(text)
                    .replaceAll(found -> Matcher.quoteReplacement(
                            masks.getOrDefault(found.group().toLowerCase(Locale.ROOT), "<guid>")));
        }
    }
}
