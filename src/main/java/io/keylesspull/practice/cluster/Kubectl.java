package io.keylesspull.practice.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.machine.state.DockerReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The commands that can be sent to a practice cluster: {@code kubectl} with some of its verbs, several joined by
 * {@code &&}. What it prints goes into one text, as in Azure.
 */
final class Kubectl {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "jsonpath=";

    private final Cluster cluster;
    private final boolean mayChange;
    private final String user;
    private final StringBuilder logs = new StringBuilder();

    /**
     * @param mayChange whether Kubernetes lets the caller make and delete things
     * @param user how Kubernetes names the caller
     */
    Kubectl(Cluster cluster, boolean mayChange, String user) {
        this.cluster = cluster;
        this.mayChange = mayChange;
        this.user = user;
    }

    /** @param files what came with the command, by name */
    Clusters.Output run(String command, Map<String, byte[]> files) {
        int status = 0;
        for (String one : command.split("&&")) {
            List<String> words = List.of(one.strip().split("\\s+"));
            status = words.get(0).equals("kubectl")
                    ? kubectl(words.subList(1, words.size()), files)
                    : fail(127, "sh: 1: " + words.get(0) + ": not found");
            if (status != 0) {
                break;
            }
        }
        return new Clusters.Output(status, logs.toString());
    }

    private int kubectl(List<String> words, Map<String, byte[]> files) {
        Arguments arguments = Arguments.of(words);
        return switch (arguments.verb()) {
            case "apply" -> apply(arguments, files);
            case "get" -> get(arguments);
            case "delete" -> delete(arguments);
            default -> fail(1, "error: unknown command \"" + arguments.verb() + "\" for \"kubectl\"");
        };
    }

    private int apply(Arguments arguments, Map<String, byte[]> files) {
        String name = arguments.value("filename", "f").orElse("");
        byte[] file = files.get(name);
        if (file == null) {
            return fail(1, "error: the path \"" + name + "\" does not exist");
        }
        try {
            JsonNode manifest = JSON.readTree(file);
            List<JsonNode> objects = new ArrayList<>();
            if (manifest.path("kind").asText().equals("List")) {
                manifest.path("items").forEach(objects::add);
            } else {
                objects.add(manifest);
            }
            int status = 0;
            for (JsonNode object : objects) {
                status = Math.max(status, applyOne((ObjectNode) object, name));
            }
            return status;
        } catch (IOException e) {
            return fail(1, "error: error parsing " + name + ": " + e.getMessage());
        }
    }

    private int applyOne(ObjectNode object, String file) {
        String kind = object.path("kind").asText();
        String name = object.at("/metadata/name").asText();
        String plural = kind.toLowerCase(Locale.ROOT) + "s";
        if (!mayChange) {
            return forbidden("error when creating \"" + file + "\": ", "create", plural, name);
        }
        switch (kind) {
            case "Namespace" -> line("namespace/" + name + (cluster.addNamespace(name) ? " created" : " unchanged"));
            case "Pod" -> {
                String namespace = object.at("/metadata/namespace").asText("default");
                object.withObject("/metadata").put("namespace", namespace);
                String image = object.at("/spec/containers/0/image").asText();
                Optional<Namespace> within = cluster.namespace(namespace);
                if (within.isEmpty()) {
                    return fail(
                            1,
                            "Error from server (NotFound): error when creating \"" + file + "\": namespaces \""
                                    + namespace + "\" not found");
                }
                if (DockerReference.parse(image).isEmpty()) {
                    return fail(
                            1,
                            "The Pod \"" + name + "\" is invalid: spec.containers[0].image: Invalid value: \"" + image
                                    + "\"");
                }
                if (within.get().isTerminating()) {
                    return fail(
                            1,
                            "Error from server (Forbidden): error when creating \"" + file + "\": pods \"" + name
                                    + "\" is forbidden: unable to create new content in namespace " + namespace
                                    + " because it is being terminated");
                }
                Optional<String> denial = cluster.denial(object);
                if (denial.isPresent()) {
                    return fail(
                            1, "Error from server (Forbidden): error when creating \"" + file + "\": " + denial.get());
                }
                Optional<ObjectNode> existing = cluster.pod(namespace, name);
                if (existing.isEmpty()) {
                    cluster.addPod(object);
                } else if (!existing.get().path("spec").equals(object.path("spec"))) {
                    return fail(
                            1,
                            "The Pod \"" + name + "\" is invalid: spec: Forbidden: pod updates may not change fields "
                                    + "other than `spec.containers[*].image` and a few others");
                }
                line("pod/" + name + (existing.isEmpty() ? " created" : " unchanged"));
            }
            default -> {
                return fail(1, "error: the practice cloud has no objects of the kind " + kind);
            }
        }
        return 0;
    }

    private int get(Arguments arguments) {
        String format = arguments.value("output", "o").orElse("");
        String namespace = arguments.value("namespace", "n").orElse("default");
        String what = arguments.operand(0);
        if (what.matches("namespaces?|ns") && !arguments.operand(1).isEmpty()) {
            String name = arguments.operand(1);
            Optional<Namespace> found = cluster.namespace(name);
            if (found.isPresent()) {
                line(
                        switch (format) {
                            case "name" -> "namespace/" + name;
                            // Every JSON text is YAML, too.
                            case "json", "yaml" -> cluster.shown(found.get()).toPrettyString();
                            default ->
                                "NAME\tSTATUS\n" + name + "\t" + found.get().phase();
                        });
                return 0;
            }
            return arguments.has("ignore-not-found")
                    ? 0
                    : fail(1, "Error from server (NotFound): namespaces \"" + name + "\" not found");
        }
        boolean path = format.startsWith(PATH);
        if (!format.equals("json") && !path) {
            return fail(1, "error: the practice cloud prints such objects by \"-o json\" and \"-o jsonpath\" only");
        }
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (String kind : what.split(",")) {
            Stream<JsonNode> found = switch (kind) {
                case "pods", "pod" -> cluster.pods(namespace);
                case "events", "event" -> cluster.events(namespace);
                default -> Stream.empty();
            };
            found.forEach(items::add);
        }
        ObjectNode list =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "List");
        list.set("items", items);
        if (path) {
            logs.append(JsonPath.parse(format.substring(PATH.length())).print(list));
            return 0;
        }
        try {
            line(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        return 0;
    }

    private int delete(Arguments arguments) {
        String what = arguments.operand(0);
        if (!mayChange) {
            return forbidden("", "delete", what.replaceFirst("s?$", "s"), arguments.operand(1));
        }
        if (what.equals("namespace")) {
            String name = arguments.operand(1);
            if (cluster.removeNamespace(name)) {
                line("namespace \"" + name + "\" deleted");
                return 0;
            }
            return arguments.has("ignore-not-found")
                    ? 0
                    : fail(1, "Error from server (NotFound): namespaces \"" + name + "\" not found");
        }
        if (what.equals("pods") && arguments.has("all")) {
            String namespace = arguments.value("namespace", "n").orElse("default");
            List<String> names = cluster.removePods(namespace);
            names.forEach(name -> line("pod \"" + name + "\" deleted"));
            if (names.isEmpty()) {
                line("No resources found");
            }
            return 0;
        }
        return fail(1, "error: the practice cloud deletes namespaces, and all pods of one");
    }

    private int forbidden(String before, String verb, String plural, String name) {
        return fail(
                1,
                "Error from server (Forbidden): " + before + plural + " \"" + name + "\" is forbidden: User \"" + user
                        + "\" cannot " + verb + " resource \"" + plural + "\" in API group \"\" at the cluster scope: "
                        + "User does not have access to the resource in Azure. Update role assignment to allow "
                        + "access.");
    }

    private int fail(int status, String message) {
        line(message);
        return status;
    }

    private void line(String text) {
        logs.append(text).append('\n');
    }

    /** @param options by name; without a value if none follows */
    private record Arguments(String verb, List<String> operands, Map<String, String> options) {

        private static final List<String> WITHOUT_VALUE = List.of("--all", "--ignore-not-found", "--now", "--wait");

        static Arguments of(List<String> words) {
            List<String> operands = new ArrayList<>();
            Map<String, String> options = new HashMap<>();
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                int equals = word.indexOf('=');
                if (!word.startsWith("-")) {
                    operands.add(word);
                } else if (equals > 0) {
                    options.put(bare(word.substring(0, equals)), word.substring(equals + 1));
                } else if (WITHOUT_VALUE.contains(word) || i + 1 == words.size()) {
                    options.put(bare(word), "true");
                } else {
                    options.put(bare(word), words.get(++i));
                }
            }
            return new Arguments(
                    operands.isEmpty() ? "" : operands.get(0),
                    operands.isEmpty() ? List.of() : operands.subList(1, operands.size()),
                    options);
        }

        private static String bare(String option) {
            return option.replaceFirst("^--?", "");
        }

        String operand(int index) {
            return index < operands.size() ? operands.get(index) : "";
        }

        Optional<String> value(String name, String shortName) {
            return Optional.ofNullable(options.getOrDefault(name, options.get(shortName)));
        }

        boolean has(String name) {
            return options.containsKey(name);
        }
    }
}
