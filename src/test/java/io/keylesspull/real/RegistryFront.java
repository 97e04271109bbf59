package io.keylesspull.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Azure's registries as machines reach them. Who may do what is Azure's to say, so every request goes to the practice
 * cloud's registry first; what a machine then gets is served by a Distribution registry. An image goes over there when
 * it is first asked for by somebody who may have it.
 */
final class RegistryFront implements HttpService {

    static final String MICROSOFT = "mcr.microsoft.com";

    private static final Pattern CONTENT = Pattern.compile("/v2/(.+)/(manifests|blobs)/([^/]+)");
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpService azure;
    private final Distribution distribution;

    /** @param azure where the practice cloud's registries answer */
    RegistryFront(HttpService azure, Distribution distribution) {
        this.azure = azure;
        this.distribution = distribution;
    }

    @Override
    public Response send(Request request) {
        Matcher content = CONTENT.matcher(request.uri().getPath());
        if (!READING.contains(request.method())
                || !content.matches()
                || content.group(1).endsWith("/blobs")) {
            return azure.send(request);
        }
        String host = request.uri().getHost();
        String repository = host + "/" + content.group(1);
        String kind = content.group(2);
        String reference = content.group(3);
        // Microsoft's registry is open to everybody: there is nobody to be asked about what is over there already.
        boolean open = host.equals(MICROSOFT) && distribution.has(kind, repository, reference);
        if (!open) {
            Response allowed = azure.send(request);
            if (allowed.status() != 200) {
                return allowed;
            }
            if (kind.equals("manifests")) {
                bring(request, repository, content.group(1), reference);
            } else if (!distribution.has(kind, repository, reference)) {
                // Pushed a moment ago, for an image that nobody has asked for yet.
                return allowed;
            }
        }
        return distribution.get(request.method(), kind, repository, reference);
    }

    private void bring(Request request, String repository, String name, String reference) {
        Response manifest = fetch(request, request.uri().getRawPath());
        byte[] bytes = manifest.body();
        for (String digest : blobs(bytes)) {
            if (!distribution.has("blobs", repository, digest)) {
                distribution.putBlob(
                        repository,
                        digest,
                        fetch(request, "/v2/" + name + "/blobs/" + digest).body());
            }
        }
        distribution.putManifest(repository, reference, manifest.headers().get("Content-Type"), bytes);
    }

    private static List<String> blobs(byte[] manifest) {
        try {
            JsonNode json = JSON.readTree(manifest);
            List<String> digests =
                    new ArrayList<>(List.of(json.at("/config/digest").asText()));
            json.path("layers")
                    .forEach(layer -> digests.add(layer.path("digest").asText()));
            return digests;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the rights of whoever asks. */
    private Response fetch(Request asker, String path) {
        Response response = azure.send(new Request(
                "GET", URI.create("https://" + asker.uri().getHost() + path), asker.headers(), new byte[0]));
        if (response.status() != 200) {
            throw new IllegalStateException("GET " + path + " was answered by " + response.status());
        }
        return new Response(response.status(), Map.copyOf(response.headers()), response.body());
    }
}
