package io.keylesspull.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One path of kubectl's {@code -o jsonpath}, of names, numbers in brackets and {@code [*]}. */
record JsonPath(List<String> steps) {

    /** @param text such as <code>{.items[*].metadata.name}</code> */
    static JsonPath parse(String text) {
        String bare = text.replaceFirst("^\\{\\.?", "").replaceFirst("}$", "");
        return new JsonPath(Arrays.stream(bare.split("[.\\[\\]]+"))
                .filter(step -> !step.isEmpty())
                .toList());
    }

    /** The values, as kubectl prints them. */
    String print(JsonNode root) {
        Stream<JsonNode> found = Stream.of(root);
        for (String step : steps) {
            found = found.flatMap(node -> step(node, step));
        }
        return found.map(JsonNode::asText).collect(Collectors.joining(" "));
    }

    private static Stream<JsonNode> step(JsonNode node, String step) {
        if (step.equals("*")) {
            return StreamSupport.stream(node.spliterator(), false);
        }
        JsonNode next = node.isArray() && step.matches("\\d+") ? node.path(Integer.parseInt(step)) : node.path(step);
        return next.isMissingNode() ? Stream.empty() : Stream.of(next);
    }
}
