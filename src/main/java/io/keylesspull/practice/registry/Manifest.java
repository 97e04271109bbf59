package io.keylesspull.practice.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A stored manifest.
 *
 * @param digest of exactly these bytes
 * @param content the same, parsed
 */
record Manifest(String digest, String mediaType, byte[] bytes, JsonNode content, Instant createdAt) {

    static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";
    /** One that names a manifest for each platform. */
    static final String LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param mediaType if the content does not name one. @throws RegistryError if this is no JSON object */
    static Manifest parse(byte[] bytes, String mediaType, Instant createdAt) {
        try {
            JsonNode content = JSON.readTree(bytes);
            if (content == null || !content.isObject()) {
                throw new RegistryError(400, "MANIFEST_INVALID", "manifest invalid: not a JSON object");
            }
            return new Manifest(
                    Digests.of(bytes), content.path("mediaType").asText(mediaType), bytes, content, createdAt);
        } catch (IOException notJson) {
            throw new RegistryError(400, "MANIFEST_INVALID", "manifest invalid: not JSON");
        }
    }

    /** Digests of the configuration and the layers. */
    List<String> blobs() {
        List<String> digests = new ArrayList<>();
        if (content.path("config").has("digest")) {
            digests.add(content.path("config").path("digest").asText());
        }
        content.path("layers").forEach(layer -> digests.add(layer.path("digest").asText()));
        return digests;
    }

    /** Of an image for several platforms, what names the manifest of each; otherwise empty. */
    List<JsonNode> platforms() {
        List<JsonNode> platforms = new ArrayList<>();
        content.path("manifests").forEach(platforms::add);
        return platforms;
    }

    /** In bytes: all layers and the configuration. */
    long imageSize() {
        long size = content.path("config").path("size").asLong();
        for (JsonNode layer : content.path("layers")) {
            size += layer.path("size").asLong();
        }
        return size;
    }
}
