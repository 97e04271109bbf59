package io.keylesspull.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody reads of it all who only looks for what went wrong.
 *
 * @param waits how often each reason to wait was shown
 * @param problems whose they are: a step's, a check's or the program's; what happened, what that means, what to do, and
 *     in brackets what the other side said; what is another in each run is replaced by a word
 * @param left ids of what is said to be still there
 */
record Reading(List<String> waits, List<String> problems, Set<String> left) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<Pattern, String> CHANCE = new LinkedHashMap<>();

    static {
        CHANCE.put(Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]{5}"), "‹run›");
        CHANCE.put(Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "‹id›");
        CHANCE.put(Pattern.compile("(?i)/subscriptions/‹id›/resourceGroups/"), "‹groups›/");
        CHANCE.put(Pattern.compile("\\b[0-9a-f]{32}\\b"), "‹id›");
        CHANCE.put(Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z"), "‹time›");
        CHANCE.put(Pattern.compile("SHA256:[A-Za-z0-9+/]{43}"), "‹fingerprint›");
        CHANCE.put(Pattern.compile("(?<![0-9.])\\d{1,3}(\\.\\d{1,3}){3}(?![0-9.])"), "‹address›");
        CHANCE.put(Pattern.compile("(?<=[ “(])/\\S*?/(?=practice|data)"), "‹folder›/");
    }

    /** @param printed an object a line */
    static Reading of(String printed) {
        Map<String, Integer> waits = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        Set<String> left = new HashSet<>();
        for (JsonNode event : printed.lines().flatMap(Reading::parsed).toList()) {
            switch (event.path("type").asText()) {
                case "stepWaiting" -> waits.merge(named(event.path("reason").asText()), 1, Integer::sum);
                case "stepFailed" -> problems.add(event.path("step").asText() + ": " + problem(event));
                case "check" ->
                    Optional.of(event.path("problem"))
                            .filter(JsonNode::isObject)
                            .ifPresent(found -> problems.add("check: " + problem(found)));
                case "problem" -> problems.add("program: " + problem(event));
                case "failed" -> event.path("left").forEach(id -> left.add(id.asText()));
                default -> {
                    continue;
                }
            }
        }
        // Steps that run at the same time fail in any order.
        Collections.sort(problems);
        return new Reading(
                waits.entrySet().stream()
                        .map(wait -> wait.getValue() + " × " + wait.getKey())
                        .toList(),
                List.copyOf(problems),
                Set.copyOf(left));
    }

    private static Stream<JsonNode> parsed(String line) {
        try {
            return Stream.of(MAPPER.readTree(line));
        } catch (JsonProcessingException cutOff) {
            // Of very much that is printed, the middle is not kept.
            return Stream.empty();
        }
    }

    private static String problem(JsonNode problem) {
        String details = problem.path("details").asText().strip();
        return named(Stream.of("what", "meaning", "remedy")
                                .map(name -> problem.path(name).asText())
                                .collect(Collectors.joining(" "))
                        + (details.isEmpty() ? "" : " [" + details + "]"))
                .replaceAll("\\s+", " ");
    }

    private static String named(String text) {
        String named = text;
        for (Map.Entry<Pattern, String> each : CHANCE.entrySet()) {
            named = each.getKey().matcher(named).replaceAll(Matcher.quoteReplacement(each.getValue()));
        }
        return named;
    }
}
