package io.keylesspull.setup.request;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place that a registry imports an image from: a public registry, or another one of Azure's in the same directory.
 *
 * @param registry a host such as {@code docker.io}, or the resource id of a container registry
 */
public record ImportSource(String registry, ImageName image) {

    /** Microsoft's sample, which the tutorial uses. */
    public static final ImportSource SAMPLE =
            new ImportSource("mcr.microsoft.com", new ImageName("azuredocs/aci-helloworld", "latest"));

    static final String DOCKER_HUB = "docker.io";

    private static final Pattern RESOURCE = Pattern.compile("(?<id>(?i:/subscriptions/[^/]+/resourceGroups/[^/]+"
            + "/providers/Microsoft\\.ContainerRegistry/registries/)[A-Za-z0-9]{5,50})/(?<image>.+)");
    private static final Pattern PUBLIC =
            Pattern.compile("(?<host>[a-z0-9-]+(?:\\.[a-z0-9-]+)+(?::[0-9]{1,5})?)/(?<image>.+)");

    /** @return empty where it is neither {@code host/repository:tag} nor the same with a resource id or a digest */
    public static Optional<ImportSource> parse(String text) {
        Matcher resource = RESOURCE.matcher(text);
        if (resource.matches()) {
            return ImageName.parse(resource.group("image")).map(image -> new ImportSource(resource.group("id"), image));
        }
        Matcher found = PUBLIC.matcher(text);
        return found.matches() && !ImageName.startsWithAzureRegistry(text)
                ? ImageName.parse(found.group("image")).map(image -> of(found.group("host"), image))
                : Optional.empty();
    }

    /** Docker Hub's own images are in {@code library}; only Docker adds that by itself. */
    private static ImportSource of(String host, ImageName image) {
        boolean own = host.equals(DOCKER_HUB) && image.repository().indexOf('/') < 0;
        return new ImportSource(host, own ? new ImageName("library/" + image.repository(), image.reference()) : image);
    }

    /**
     * Whether {@link #registry} is a resource id: then it is read with the account's rights, else without a sign-in.
     */
    public boolean isResource() {
        return registry.startsWith("/");
    }

    /** As a setup file has it. */
    @Override
    public String toString() {
        return registry + "/" + image;
    }
}
