package io.keylesspull.real;

import static org.awaitility.Awaitility.await;

import io.keylesspull.practice.wire.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A Distribution registry, Debian's docker-registry, inside the sandbox: open to whoever stands before it. */
final class Distribution {

    private static final String ADDRESS = "127.0.0.1";
    private static final int PORT = 5000;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI root;

    private Distribution(URI root) {
        this.root = root;
    }

    static Distribution start(Sandbox sandbox) throws IOException {
        Path configuration = Files.writeString(sandbox.folder().resolve("registry.yml"), """
                version: 0.1
                storage: {filesystem: {rootdirectory: /run/registry}}
                http: {addr: '%s:%d'}
                """.formatted(ADDRESS, PORT));
        sandbox.start(sandbox.folder().resolve("registry.log"), "docker-registry", "serve", configuration.toString());
        await("the registry answers").atMost(Duration.ofMinutes(1)).until(() -> sandbox.answers(ADDRESS, PORT));
        InetSocketAddress door = sandbox.door(ADDRESS, PORT);
        return new Distribution(URI.create("http://" + door.getHostString() + ":" + door.getPort()));
    }

    boolean has(String kind, String repository, String reference) {
        return get("HEAD", kind, repository, reference).status() == 200;
    }

    /** @param kind {@code manifests} or {@code blobs} */
    Response get(String method, String kind, String repository, String reference) {
        HttpResponse<byte[]> answer =
                send(HttpRequest.newBuilder(root.resolve("/v2/" + repository + "/" + kind + "/" + reference))
                        .header(
                                "Accept",
                                "application/vnd.docker.distribution.manifest.v2+json, "
                                        + "application/vnd.docker.distribution.manifest.list.v2+json, "
                                        + "application/vnd.oci.image.manifest.v1+json, application/"
                                        + "vnd.oci.image.index.v1+json")
                        .method(method, BodyPublishers.noBody()));
        Map<String, String> headers = new HashMap<>();
        answer.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        return new Response(answer.statusCode(), headers, answer.body());
    }

    void putBlob(String repository, String digest, byte[] content) {
        HttpResponse<byte[]> begun = expect(
                202,
                HttpRequest.newBuilder(root.resolve("/v2/" + repository + "/blobs/uploads/"))
                        .POST(BodyPublishers.noBody()));
        URI upload = root.resolve(
                Optional.of(begun.headers().map().get("Location").get(0)).get());
        expect(
                201,
                HttpRequest.newBuilder(URI.create(upload + "&digest=" + digest))
                        .header("Content-Type", "application/octet-stream")
                        .PUT(BodyPublishers.ofByteArray(content)));
    }

    /** @param reference a tag or the digest */
    void putManifest(String repository, String reference, String mediaType, byte[] content) {
        expect(
                201,
                HttpRequest.newBuilder(root.resolve("/v2/" + repository + "/manifests/" + reference))
                        .header("Content-Type", mediaType)
                        .PUT(BodyPublishers.ofByteArray(content)));
    }

    private HttpResponse<byte[]> expect(int status, HttpRequest.Builder request) {
        HttpResponse<byte[]> answer = send(request);
        if (answer.statusCode() != status) {
            throw new IllegalStateException(answer.request().method() + " " + answer.uri() + " was answered by "
                    + answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
