package io.keylesspull.network;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.disk.OrdinaryFile;
import io.keylesspull.network.ProxyAddress.Protocol;
import io.keylesspull.text.FileErrors;
import io.keylesspull.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/**
 * The user's settings file: a JSON object whose values are all strings.
 *
 * @param proxy an HTTP proxy for requests
 * @param sshProxy a proxy for SSH
 * @param caFile certificate authorities to trust; relative to the settings file's folder
 */
record SettingsFile(Optional<ProxyAddress> proxy, Optional<ProxyAddress> sshProxy, Optional<Path> caFile) {

    /** In bytes. */
    private static final int LARGEST = 64 * 1024;

    private static final String CA_FILE = "caFile";
    private static final String PROXY = "proxy";
    private static final String SSH_PROXY = "sshProxy";
    private static final Set<String> KEYS = Set.of(PROXY, SSH_PROXY, CA_FILE);

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @return nothing set if there is no such file */
    static SettingsFile read(Path file) throws NetworkSettingsException {
        return of(json(file), file);
    }

    /** What the file would be read as if this were in it. @throws NetworkSettingsException if it could not be used */
    static SettingsFile of(NetworkChoice choice, Path file) throws NetworkSettingsException {
        return of(json(choice), file);
    }

    private static SettingsFile of(JsonNode root, Path file) throws NetworkSettingsException {
        try {
            return new SettingsFile(
                    NetworkOptions.read(value(root, PROXY), named(file, PROXY), Set.of(Protocol.HTTP)),
                    NetworkOptions.read(value(root, SSH_PROXY), named(file, SSH_PROXY), Set.of(Protocol.values())),
                    value(root, CA_FILE).map(file::resolveSibling));
        } catch (InvalidPathException e) {
            throw wrong(file, Text.of("network.settings.notAPath", CA_FILE));
        }
    }

    /** What is written for each key; nothing is checked but that the keys are known and their values texts. */
    static NetworkChoice readChoice(Path file) throws NetworkSettingsException {
        JsonNode root = json(file);
        return new NetworkChoice(
                root.path(PROXY).asText(""),
                root.path(SSH_PROXY).asText(""),
                root.path(CA_FILE).asText(""));
    }

    /** @return as it is to be written; what is empty is left out */
    static byte[] write(NetworkChoice choice) {
        return (json(choice).toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode json(NetworkChoice choice) {
        ObjectNode root = MAPPER.createObjectNode();
        put(root, PROXY, choice.proxy());
        put(root, SSH_PROXY, choice.sshProxy());
        put(root, CA_FILE, choice.caFile());
        return root;
    }

    private static void put(ObjectNode root, String key, String value) {
        if (!value.isEmpty()) {
            root.put(key, value);
        }
    }

    private static JsonNode json(Path file) throws NetworkSettingsException {
        JsonNode root;
        try {
            root = MAPPER.readTree(OrdinaryFile.read(file, LARGEST));
        } catch (NoSuchFileException none) {
            return MAPPER.createObjectNode();
        } catch (JsonEOFException e) {
            throw wrong(file, Text.of("network.settings.cutOff"));
        } catch (JsonProcessingException e) {
            // Not with its message, which quotes the file: a password may be in it.
            throw wrong(
                    file,
                    Text.of(
                            "network.settings.notJson",
                            String.valueOf(e.getLocation().getLineNr())));
        } catch (IOException e) {
            throw wrong(file, Text.of("network.settings.unreadable", FileErrors.reason(e, file)));
        }
        if (!root.isObject()) {
            throw wrong(file, Text.of("network.settings.notJson", "1"));
        }
        for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!KEYS.contains(name)) {
                throw wrong(file, Text.of("network.settings.unknown", name));
            }
            if (!root.path(name).isTextual()) {
                throw wrong(file, Text.of("network.settings.notText", name));
            }
        }
        return root;
    }

    private static String named(Path file, String key) {
        return "\"" + key + "\" (" + file.getFileName() + ")";
    }

    private static Optional<String> value(JsonNode root, String key) {
        return Optional.of(root.path(key).asText()).filter(text -> !text.isEmpty());
    }

    private static NetworkSettingsException wrong(Path file, Text reason) {
        return new NetworkSettingsException(NetworkProblem.of("settings", file.toString(), reason));
    }
}
