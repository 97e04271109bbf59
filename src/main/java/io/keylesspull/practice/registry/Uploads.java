package io.keylesspull.practice.registry;

import io.keylesspull.practice.wire.Parameters;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import io.keylesspull.time.Time;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** {@code /v2/NAME/blobs/uploads/}: how a push uploads its layers, at once or in chunks. */
final class Uploads {

    private final BearerChallenge challenge;
    private final Time time;
    private final RandomGenerator random;

    Uploads(BearerChallenge challenge, Time time, RandomGenerator random) {
        this.challenge = challenge;
        this.time = time;
        this.random = random;
    }

    Response start(Registry registry, Request request, String name) {
        challenge.require(registry, request, Scope.repository(name, "push"));
        Parameters query = Parameters.ofQuery(request);
        Optional<String> mount = query.get("mount");
        Optional<byte[]> mounted = mount.flatMap(digest -> query.get("from")
                .filter(from -> {
                    challenge.require(registry, request, Scope.repository(from, "pull"));
                    return true;
                })
                .flatMap(registry::find)
                .flatMap(from -> from.blob(digest)));
        if (mounted.isPresent()) {
            return store(registry, name, mount.get(), mounted.get());
        }
        if (query.get("digest").isPresent()) {
            return store(registry, name, query.get("digest").get(), request.body());
        }
        String id = id();
        registry.uploads().put(id, new Upload(name));
        return progress(202, name, id, 0);
    }

    Response append(Registry registry, Request request, String name, String id) {
        Upload upload = upload(registry, request, name, id);
        return progress(202, name, id, upload.append(request.body()));
    }

    Response finish(Registry registry, Request request, String name, String id) {
        Upload upload = upload(registry, request, name, id);
        String digest = Parameters.ofQuery(request)
                .get("digest")
                .orElseThrow(() -> new RegistryError(400, "DIGEST_INVALID", "the query must name the digest"));
        upload.append(request.body());
        registry.uploads().remove(id);
        return store(registry, name, digest, upload.content());
    }

    Response state(Registry registry, Request request, String name, String id) {
        return progress(204, name, id, upload(registry, request, name, id).content().length);
    }

    Response cancel(Registry registry, Request request, String name, String id) {
        upload(registry, request, name, id);
        registry.uploads().remove(id);
        return RegistryResponses.empty(204, Map.of());
    }

    private Upload upload(Registry registry, Request request, String name, String id) {
        challenge.require(registry, request, Scope.repository(name, "push"));
        return Optional.ofNullable(registry.uploads().get(id))
                .filter(upload -> upload.repository().equals(name))
                .orElseThrow(() -> new RegistryError(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry"));
    }

    private Response store(Registry registry, String name, String digest, byte[] content) {
        if (!Digests.of(content).equals(digest)) {
            throw new RegistryError(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        }
        registry.repositoryToWrite(name, time.now()).putBlob(digest, content);
        return RegistryResponses.empty(
                201, Map.of("Docker-Content-Digest", digest, "Location", "/v2/" + name + "/blobs/" + digest));
    }

    private static Response progress(int status, String name, String id, int received) {
        return RegistryResponses.empty(
                status,
                Map.of(
                        "Location",
                        "/v2/" + name + "/blobs/uploads/" + id,
                        "Range",
                        "0-" + Math.max(0, received - 1),
                        "Docker-Upload-UUID",
                        id));
    }

    private String id() {
        synchronized (random) {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }
    }
}
