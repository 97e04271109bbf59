package io.keylesspull.practice.cluster;

import io.keylesspull.practice.machine.program.docker.NodePull;
import io.keylesspull.practice.machine.program.docker.RegistryClient;
import io.keylesspull.practice.machine.program.net.MachineHttpClient;
import io.keylesspull.practice.machine.state.DockerEngine;
import io.keylesspull.practice.machine.state.DockerReference;
import io.keylesspull.practice.wire.HttpService;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * The kubelets of a cluster, with the credential provider for Azure Container Registry: it gets a token for the kubelet
 * identity and exchanges it at the registry; if that fails, the image is pulled anonymously. Source:
 * kubernetes-sigs/cloud-provider-azure, docs "kubelet credential provider".
 */
final class Kubelet {

    /** Stands for the user where the password is a refresh token. */
    private static final String NO_USER = "00000000-0000-0000-0000-000000000000";

    private final MachineHttpClient http;
    private final String clientId;

    /**
     * @param clusterId ARM id of the cluster whose node it is
     * @param clientId of the kubelet identity; empty: the cluster has a service principal instead
     */
    Kubelet(HttpService internet, String clusterId, String clientId) {
        this.http = new MachineHttpClient(internet, clusterId);
        this.clientId = clientId;
    }

    /** @throws RegistryClient.Refusal with the event's message */
    NodePull.Pulled pull(DockerReference image) throws RegistryClient.Refusal {
        return new NodePull(http).pull(image, login(image.host()));
    }

    private Optional<DockerEngine.Login> login(String host) {
        if (!host.endsWith(".azurecr.io")) {
            return Optional.empty();
        }
        try {
            MachineHttpClient.Answer token = http.get(
                    "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01"
                            + "&resource=https%3A%2F%2Fmanagement.azure.com%2F&client_id="
                            + MachineHttpClient.encode(clientId),
                    Map.of("Metadata", "true"));
            if (!token.isOk()) {
                return Optional.empty();
            }
            MachineHttpClient.Answer exchanged = http.postForm(
                    "https://" + host + "/oauth2/exchange",
                    Map.of(
                            "grant_type",
                            "access_token",
                            "service",
                            host,
                            "access_token",
                            token.json().path("access_token").asText()));
            return exchanged.isOk()
                    ? Optional.of(new DockerEngine.Login(
                            NO_USER, exchanged.json().path("refresh_token").asText(), false))
                    : Optional.empty();
        } catch (UncheckedIOException unreachable) {
            return Optional.empty();
        }
    }
}
