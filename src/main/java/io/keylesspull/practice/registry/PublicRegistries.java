package io.keylesspull.practice.registry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The public registries of the practice cloud, with the names that the real ones have: Microsoft's, Docker Hub, Quay.
 * Everybody may read them.
 */
final class PublicRegistries {

    static final String DOCKER_HUB = "docker.io";
    /** Where Docker Hub serves what is named {@code docker.io}. */
    static final String DOCKER_HUB_SERVER = "registry-1.docker.io";

    static final String DOCKER_HUB_TOKENS = "auth.docker.io";

    private static final String MICROSOFT = "mcr.microsoft.com";
    /** The age of the images, whenever the practice cloud starts. */
    private static final Instant RELEASED = Instant.parse("2024-03-01T00:00:00Z");

    private static final Map<String, List<String>> LAYERS = Map.of(
            "mcr.microsoft.com/azuredocs/aci-helloworld:latest",
            List.of("base", "node", "Welcome to Azure Container Instances!"),
            "mcr.microsoft.com/hello-world:latest",
            List.of("Hello from Docker!"));
    private static final List<String> MICROSOFT_IMAGES =
            List.of("azuredocs/aci-helloworld:latest", "hello-world:latest", "dotnet/aspnet:8.0", "azure-cli:latest");
    private static final List<String> DOCKER_HUB_IMAGES = List.of(
            "library/hello-world:latest",
            "library/nginx:1.27",
            "library/nginx:latest",
            "library/redis:7.4",
            "library/postgres:17",
            "grafana/grafana:11.3.0");
    private static final List<String> SEVERAL_PLATFORMS = List.of("library/nginx:1.27", "library/nginx:latest");
    private static final List<String> QUAY_IMAGES = List.of("prometheus/prometheus:v3.0.0", "coreos/etcd:v3.5.17");

    private PublicRegistries() {}

    static List<Registry> all() {
        return List.of(
                filled(Registry.open(MICROSOFT, Optional.empty()), MICROSOFT_IMAGES),
                filled(
                        Registry.open(
                                DOCKER_HUB,
                                Optional.of(new Registry.TokenServer(
                                        "https://" + DOCKER_HUB_TOKENS + "/token", "registry.docker.io"))),
                        DOCKER_HUB_IMAGES),
                filled(Registry.open("quay.io", Optional.empty()), QUAY_IMAGES));
    }

    private static Registry filled(Registry registry, List<String> images) {
        for (String image : images) {
            int colon = image.indexOf(':');
            String name = registry.loginServer() + "/" + image;
            Repository repository = registry.repositoryToWrite(image.substring(0, colon), RELEASED);
            String tag = image.substring(colon + 1);
            List<String> layers = LAYERS.getOrDefault(name, List.of("base", "This is " + name));
            if (SEVERAL_PLATFORMS.contains(image)) {
                SampleImages.putList(repository, tag, List.of("amd64", "arm64"), layers, RELEASED);
            } else {
                SampleImages.put(repository, tag, layers, RELEASED);
            }
        }
        return registry;
    }
}
