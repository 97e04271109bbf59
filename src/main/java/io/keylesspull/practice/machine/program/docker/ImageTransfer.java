package io.keylesspull.practice.machine.program.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.machine.program.net.MachineHttpClient;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.shell.TextOutput;
import io.keylesspull.practice.machine.state.DockerEngine;
import io.keylesspull.practice.machine.state.DockerReference;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pulls and pushes images, blob by blob, and verifies every digest. */
final class ImageTransfer {

    private static final Duration LAYER = Duration.ofMillis(900);

    private final ProgramCall call;
    private final TextOutput progress;
    private final MachineHttpClient http;
    private final DockerEngine engine;

    /** @param progress gets the progress of the layers */
    ImageTransfer(ProgramCall call, TextOutput progress) {
        this.call = call;
        this.progress = progress;
        this.http = new MachineHttpClient(call.machine());
        this.engine = call.machine().docker();
    }

    /** The manifest in the registry, as Docker's command line asks for it without its daemon. */
    byte[] manifest(DockerReference reference) throws RegistryClient.Refusal, IOException, InterruptedException {
        RegistryClient client = client(reference, PullWords.CLASSIC);
        PullWords.Asked wanted =
                client.asked("GET", "/v2/" + reference.repository() + "/manifests/" + reference.tagOrDigest());
        client.authenticate("repository:" + reference.repository() + ":pull", wanted);
        return client.expect(wanted.method(), wanted.url(), Map.of("Accept", RegistryClient.ACCEPT), new byte[0])
                .body();
    }

    void pull(DockerReference reference) throws RegistryClient.Refusal, IOException, InterruptedException {
        if (!Docker.sinceTwentyNine(call) && engine.hasDigest(reference)) {
            // It does not ask the registry for what it has from there (moby, distribution/manifest.go).
            progress.line(reference.inFull() + ": Pulling from " + reference.repository());
            progress.line("Digest: " + reference.digest());
            progress.line("Status: Image is up to date for " + reference);
            return;
        }
        RegistryClient client = client(reference, PullWords.of(call, reference));
        RegistryClient.Resolved resolved = client.resolve(reference);
        call.spend(Duration.ofMillis(400));
        progress.line((reference.digest() == null ? reference.tag() : reference.inFull()) + ": Pulling from "
                + reference.repository());
        DockerEngine.Image image = download(client, reference, resolved.manifest());
        boolean isNew = engine.add(reference, image, resolved.digest());
        progress.line("Digest: " + resolved.digest());
        progress.line("Status: " + (isNew ? "Downloaded newer image for " : "Image is up to date for ") + reference);
    }

    private DockerEngine.Image download(
            RegistryClient client, DockerReference reference, MachineHttpClient.Answer manifest)
            throws RegistryClient.Refusal, IOException, InterruptedException {
        JsonNode body = manifest.json();
        Map<String, byte[]> blobs = new LinkedHashMap<>();
        List<String> layers = new ArrayList<>();
        String config = body.path("config").path("digest").asText();
        boolean known = engine.images().values().stream().anyMatch(i -> i.id().equals(config));
        body.path("layers").forEach(layer -> layers.add(layer.path("digest").asText()));
        for (String layer : known ? List.<String>of() : layers) {
            progress.line(shortened(layer) + ": Pulling fs layer");
        }
        if (call.machine().diskFull() && !known) {
            throw PullWords.of(call, reference).diskFull();
        }
        blobs.put(config, client.blob(reference, config));
        for (String layer : layers) {
            blobs.put(layer, client.blob(reference, layer));
            if (!known) {
                call.spend(LAYER);
                for (String state : List.of("Verifying Checksum", "Download complete", "Pull complete")) {
                    progress.line(shortened(layer) + ": " + state);
                }
            }
        }
        String type = manifest.header("Content-Type").orElse("application/vnd.docker.distribution.manifest.v2+json");
        return new DockerEngine.Image(config, type, manifest.body(), blobs, layers);
    }

    void push(DockerReference reference, DockerEngine.Image image)
            throws RegistryClient.Refusal, IOException, InterruptedException {
        progress.line("The push refers to repository [" + reference.name() + "]");
        PullWords words = PullWords.of(call, reference);
        RegistryClient client = client(reference, words);
        String blobs = "/v2/" + reference.repository() + "/blobs/";
        PullWords.Asked first = client.asked("POST", blobs + "uploads/");
        client.authenticate("repository:" + reference.repository() + ":pull,push", first);
        for (Map.Entry<String, byte[]> blob : image.blobs().entrySet()) {
            boolean layer = image.layers().contains(blob.getKey());
            if (client.send(client.asked("HEAD", blobs + blob.getKey()), Map.of(), new byte[0])
                    .isOk()) {
                if (layer) {
                    progress.line(shortened(blob.getKey()) + ": Layer already exists");
                }
                continue;
            }
            MachineHttpClient.Answer upload = client.send(first, Map.of(), new byte[0]);
            if (!upload.isOk()) {
                throw words.asksForTheImageAtOnce() ? words.refused(first, upload) : words.interrupted(first, upload);
            }
            String location = upload.header("Location")
                    .orElseThrow(() -> new RegistryClient.Refusal("UNKNOWN", "the registry gave no upload location"));
            client.expect(
                    "PUT",
                    location + (location.contains("?") ? "&" : "?") + "digest="
                            + MachineHttpClient.encode(blob.getKey()),
                    Map.of("Content-Type", "application/octet-stream"),
                    blob.getValue());
            if (layer) {
                call.spend(LAYER);
                progress.line(shortened(blob.getKey()) + ": Pushed");
            }
        }
        client.expect(
                "PUT",
                "/v2/" + reference.repository() + "/manifests/" + reference.tag(),
                Map.of("Content-Type", image.mediaType()),
                image.manifest());
        String digest = RegistryClient.digest(image.manifest());
        engine.addDigest(reference, image, digest);
        progress.line(reference.tag() + ": digest: " + digest + " size: " + image.manifest().length);
    }

    private RegistryClient client(DockerReference reference, PullWords words) throws IOException, InterruptedException {
        return new RegistryClient(http, reference.host(), new DockerLogins(call).login(reference.host()), words);
    }

    private static String shortened(String digest) {
        return digest.substring("sha256:".length(), "sha256:".length() + 12);
    }
}
