package io.keylesspull.practice.registry;

import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import io.keylesspull.time.Time;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /v2/NAME/manifests/REFERENCE} and {@code /v2/NAME/blobs/DIGEST}: what a pull reads and what a push ends with.
 */
final class Manifests {

    private static final String DIGEST = "Docker-Content-Digest";

    private final BearerChallenge challenge;
    private final Time time;

    Manifests(BearerChallenge challenge, Time time) {
        this.challenge = challenge;
        this.time = time;
    }

    Response get(Registry registry, Request request, String name, String reference) {
        challenge.require(registry, request, Scope.repository(name, "pull"));
        Manifest manifest = registry.repository(name)
                .manifest(reference)
                .orElseThrow(() -> RegistryError.unknownManifest(reference));
        return RegistryResponses.bytes(
                200,
                manifest.mediaType(),
                manifest.bytes(),
                Map.of(DIGEST, manifest.digest(), "ETag", "\"" + manifest.digest() + "\""));
    }

    Response put(Registry registry, Request request, String name, String reference) {
        challenge.require(registry, request, Scope.repository(name, "push"));
        Manifest manifest =
                Manifest.parse(request.body(), request.header("Content-Type").orElse(Manifest.DOCKER), time.now());
        boolean byDigest = reference.startsWith("sha256:");
        if (byDigest && !reference.equals(manifest.digest())) {
            throw new RegistryError(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        }
        registry.repositoryToWrite(name, time.now())
                .put(manifest, byDigest ? Optional.empty() : Optional.of(reference), time.now());
        return RegistryResponses.empty(
                201, Map.of(DIGEST, manifest.digest(), "Location", "/v2/" + name + "/manifests/" + manifest.digest()));
    }

    Response blob(Registry registry, Request request, String name, String digest) {
        challenge.require(registry, request, Scope.repository(name, "pull"));
        byte[] content = registry.find(name)
                .flatMap(repository -> repository.blob(digest))
                .orElseThrow(() -> new RegistryError(404, "BLOB_UNKNOWN", "blob unknown to registry"));
        return RegistryResponses.bytes(200, "application/octet-stream", content, Map.of(DIGEST, digest));
    }
}
