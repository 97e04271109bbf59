package io.keylesspull.practice.machine.program.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.machine.program.net.MachineHttpClient;
import io.keylesspull.practice.machine.state.DockerEngine;
import io.keylesspull.practice.machine.state.DockerReference;
import java.util.Optional;

/** How containerd pulls an image for the kubelet of a Kubernetes node. */
public final class NodePull {

    private final MachineHttpClient http;

    public NodePull(MachineHttpClient http) {
        this.http = http;
    }

    /**
     * @param imageId as the kubelet reports it, such as {@code contoso.azurecr.io/app@sha256:…}
     * @param size of all that was read, in bytes
     */
    public record Pulled(String imageId, long size) {}

    /**
     * Pulls every blob and verifies it.
     *
     * @param login as the kubelet's credential provider gives it; empty: anonymously
     * @throws RegistryClient.Refusal in containerd's words
     */
    public Pulled pull(DockerReference image, Optional<DockerEngine.Login> login) throws RegistryClient.Refusal {
        RegistryClient client = new RegistryClient(http, image.host(), login, new ContainerdWords(image));
        RegistryClient.Resolved resolved = client.resolve(image);
        JsonNode manifest = resolved.manifest().json();
        long size = client.blob(image, manifest.at("/config/digest").asText()).length;
        for (JsonNode layer : manifest.path("layers")) {
            size += client.blob(image, layer.path("digest").asText()).length;
        }
        return new Pulled(image.name() + "@" + resolved.digest(), size);
    }
}
