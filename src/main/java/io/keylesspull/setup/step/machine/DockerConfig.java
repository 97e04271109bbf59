package io.keylesspull.setup.step.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What a user's Docker configuration says, {@code ~/.docker/config.json}; all that is not changed here stays as it is.
 * For a login server, what {@code credHelpers} names comes before a login that Docker stored itself (docs.docker.com,
 * "docker login", credential helpers). Immutable.
 */
final class DockerConfig {

    private static final String HELPERS = "credHelpers";
    private static final String STORE = "credsStore";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final ObjectNode root;

    private DockerConfig(ObjectNode root) {
        this.root = root;
    }

    /**
     * @param text of the file; blank is what Docker takes for an empty object, too
     * @return empty where it is not a JSON object, or one whose {@code credHelpers} are none
     */
    static Optional<DockerConfig> parse(String text) {
        try {
            JsonNode read = text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
            boolean readable = read instanceof ObjectNode
                    && (!read.hasNonNull(HELPERS) || read.get(HELPERS).isObject());
            return readable ? Optional.of(new DockerConfig((ObjectNode) read)) : Optional.empty();
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    static DockerConfig empty() {
        return new DockerConfig(JSON.createObjectNode());
    }

    /** The helper that Docker asks for a login server; blank where Docker is to keep its login in this file. */
    Optional<String> helper(String loginServer) {
        return Optional.ofNullable(root.path(HELPERS).path(loginServer).textValue());
    }

    /** The program that keeps the logins for which no helper is named, without {@code docker-credential-}. */
    Optional<String> store() {
        return Optional.ofNullable(root.path(STORE).textValue()).filter(name -> !name.isEmpty());
    }

    DockerConfig withHelper(String loginServer, String helper) {
        ObjectNode changed = root.deepCopy();
        ObjectNode helpers = changed.get(HELPERS) instanceof ObjectNode there ? there : changed.putObject(HELPERS);
        helpers.put(loginServer, helper);
        return new DockerConfig(changed);
    }

    DockerConfig withoutHelper(String loginServer) {
        ObjectNode changed = root.deepCopy();
        if (changed.get(HELPERS) instanceof ObjectNode helpers) {
            helpers.remove(loginServer);
            if (helpers.isEmpty()) {
                changed.remove(HELPERS);
            }
        }
        return new DockerConfig(changed);
    }

    /** Whether it says nothing: Docker leaves an empty object of logins in the file when it has logged out. */
    boolean isEmpty() {
        return root.properties().stream()
                .allMatch(
                        field -> field.getValue().isObject() && field.getValue().isEmpty());
    }

    /** As Docker itself writes it: indented by tabs, without a line end at the end. */
    String text() {
        DefaultIndenter tabs = new DefaultIndenter("\t", "\n");
        DefaultPrettyPrinter likeDocker = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withObjectIndenter(tabs)
                .withArrayIndenter(tabs);
        try {
            return JSON.writer(likeDocker).writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written", e);
        }
    }
}
