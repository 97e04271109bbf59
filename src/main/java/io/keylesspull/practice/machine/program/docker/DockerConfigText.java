package io.keylesspull.practice.machine.program.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.FileTree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What docker makes of one user's {@code ~/.docker/config.json}. Where it cannot read the file it prints a warning and
 * goes on without it, and the next login or logout replaces the file (docker/cli#5075). What follows the first JSON
 * value is ignored. Seen with docker 28.2.2.
 *
 * @param config what it goes on with
 * @param warning what is wrong with the file, in docker's words
 */
record DockerConfigText(ObjectNode config, Optional<String> warning) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLEARER_WORDS = 28;

    static DockerConfigText read(ProgramCall call) {
        String path = call.user().home() + "/.docker/config.json";
        FileTree files = call.machine().files();
        Optional<FileTree.Node> file = files.node(path);
        boolean closed = !files.reachableBy(call.user(), path)
                || file.isPresent() && !file.get().readableBy(call.user());
        if (closed) {
            return broken("loading config file: open " + path + ": permission denied");
        }
        if (file.isEmpty()) {
            return new DockerConfigText(JsonNodeFactory.instance.objectNode(), Optional.empty());
        }
        if (file.get().directory()) {
            return broken(parsing(call, path, "read " + path + ": is a directory"));
        }
        String text = new String(file.get().content(), StandardCharsets.UTF_8);
        try {
            JsonNode read = text.isBlank() ? JsonNodeFactory.instance.objectNode() : JSON.readTree(text);
            if (!(read instanceof ObjectNode config)) {
                return broken(parsing(
                        call,
                        path,
                        "json: cannot unmarshal " + kind(read) + " into Go value of type configfile.ConfigFile"));
            }
            Optional<String> wrong = wrongField(config);
            config.remove(wrong.isPresent() ? List.of("auths", "credHelpers") : List.of());
            return new DockerConfigText(config, wrong.map(words -> parsing(call, path, words)));
        } catch (JsonProcessingException e) {
            return broken(parsing(call, path, words(e, text)));
        }
    }

    private static DockerConfigText broken(String warning) {
        return new DockerConfigText(JsonNodeFactory.instance.objectNode(), Optional.of(warning));
    }

    private static String parsing(ProgramCall call, String path, String words) {
        int version = Integer.parseInt(Docker.version(call).split("\\.")[0]);
        return version >= CLEARER_WORDS
                ? "parsing config file (" + path + "): " + words
                : "loading config file: " + path + ": " + words;
    }

    private static String words(JsonProcessingException e, String text) {
        int at = (int) Math.max(0, e.getLocation().getCharOffset() - 1);
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (e instanceof JsonEOFException || at >= text.length()) {
            return "unexpected EOF";
        }
        String before = text.substring(0, at).stripTrailing();
        boolean key = before.endsWith("{") || before.endsWith(",");
        return "invalid character '" + text.charAt(at) + "' looking for beginning of "
                + (key ? "object key string" : "value");
    }

    private static String kind(JsonNode node) {
        return node.isArray() ? "array" : node.isTextual() ? "string" : node.isBoolean() ? "bool" : "number";
    }

    private static Optional<String> wrongField(ObjectNode config) {
        for (String field : List.of("auths", "credHelpers", "proxies", "HttpHeaders")) {
            if (config.hasNonNull(field) && !config.get(field).isObject()) {
                return Optional.of("json: cannot unmarshal " + kind(config.get(field))
                        + " into Go struct field ConfigFile." + field + " of type map");
            }
        }
        for (JsonNode helper : config.path("credHelpers")) {
            if (!helper.isTextual() && !helper.isNull()) {
                return Optional.of("json: cannot unmarshal " + kind(helper)
                        + " into Go struct field ConfigFile.credHelpers of type string");
            }
        }
        for (JsonNode auth : config.path("auths")) {
            try {
                Base64.getDecoder().decode(auth.path("auth").asText(""));
            } catch (IllegalArgumentException e) {
                return Optional.of("illegal base64 data at input byte 0");
            }
        }
        return Optional.empty();
    }
}
