package io.keylesspull.setup.request;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A container image inside a registry, by tag. The grammar is that of the distribution project's references
 * (distribution/reference), without the parts that name a registry or a digest.
 */
public record ImageName(String repository, String tag) {

    private static final int LONGEST_REPOSITORY = 255;
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+(?:(?:[.]|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[.]|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern AZURE_REGISTRY = Pattern.compile(".*[.]azurecr[.](?:io|us|cn)(?::\\d+)?");
    private static final Set<String> OTHER_REGISTRIES = Set.of(
            "docker.io",
            "index.docker.io",
            "registry-1.docker.io",
            "mcr.microsoft.com",
            "ghcr.io",
            "quay.io",
            "gcr.io",
            "registry.k8s.io",
            "public.ecr.aws",
            "localhost");

    /** @return empty where it is not {@code repository:tag} */
    public static Optional<ImageName> parse(String image) {
        int colon = image.lastIndexOf(':');
        if (colon < 0 || image.contains("@") || startsWithRegistry(image)) {
            return Optional.empty();
        }
        String repository = image.substring(0, colon);
        String tag = image.substring(colon + 1);
        boolean right = repository.length() <= LONGEST_REPOSITORY
                && REPOSITORY.matcher(repository).matches()
                && TAG.matcher(tag).matches();
        return right ? Optional.of(new ImageName(repository, tag)) : Optional.empty();
    }

    /** Whether it names a registry first. A dot alone says nothing: repositories may have dots too. */
    static boolean startsWithRegistry(String image) {
        int slash = image.indexOf('/');
        if (slash <= 0) {
            return false;
        }
        String first = image.substring(0, slash).toLowerCase(Locale.ROOT);
        return first.contains(":") || AZURE_REGISTRY.matcher(first).matches() || OTHER_REGISTRIES.contains(first);
    }

    @Override
    public String toString() {
        return repository + ":" + tag;
    }
}
