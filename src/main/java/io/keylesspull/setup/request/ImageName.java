package io.keylesspull.setup.request;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container image inside a registry, by tag or by digest. The grammar is that of the distribution project's
 * references (distribution/reference), without the parts that name a registry. A name with both is none: Docker ignores
 * the tag then, so that nobody would check it.
 *
 * @param reference a tag, or a digest such as {@code sha256:9f86d0…}
 */
public record ImageName(String repository, String reference) {

    private static final int LONGEST_REPOSITORY = 255;
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+(?:(?:[.]|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[.]|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    /** Azure Container Registry stores no others. */
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    /** The name, and behind a hyphen the hash of a registry with a domain name label. */
    private static final Pattern LOGIN_SERVER = Pattern.compile(
            "(?:https://)?(?<name>[a-z0-9]+)(?:-[a-z0-9]+)?[.]azurecr[.](?:io|us|cn)(?::\\d+)?/?",
            Pattern.CASE_INSENSITIVE);

    /** Hosts of registries that offer images to everybody, or are other clouds'; from their own documentation. */
    private static final Pattern PUBLIC_REGISTRY = Pattern.compile(
            "(?:(?:index[.]|registry-1[.])?docker[.]io|(?:registry[.])?hub[.]docker[.]com|mcr[.]microsoft[.]com"
                    + "|ghcr[.]io|docker[.]pkg[.]github[.]com|quay[.]io|registry[.]k8s[.]io|(?:[a-z0-9-]+[.])?gcr[.]io"
                    + "|[a-z0-9-]+[.]pkg[.]dev|public[.]ecr[.]aws"
                    + "|[0-9]{12}[.]dkr[.]ecr[.][a-z0-9-]+[.]amazonaws[.]com|registry[.]gitlab[.]com"
                    + "|registry(?:[.]access|[.]connect)?[.]redhat[.]com|nvcr[.]io|lscr[.]io"
                    + "|container-registry[.]oracle[.]com|docker[.]elastic[.]co)(?::\\d+)?",
            Pattern.CASE_INSENSITIVE);

    /** @return empty where it is neither {@code repository:tag} nor {@code repository@sha256:…} */
    public static Optional<ImageName> parse(String image) {
        int at = image.indexOf('@');
        int end = at < 0 ? image.lastIndexOf(':') : at;
        if (end < 0 || startsWithRegistry(image)) {
            return Optional.empty();
        }
        String repository = image.substring(0, end);
        String reference = image.substring(end + 1);
        boolean right = isRepository(repository)
                && (at < 0 ? TAG : DIGEST).matcher(reference).matches();
        return right ? Optional.of(new ImageName(repository, reference)) : Optional.empty();
    }

    static boolean isRepository(String name) {
        return name.length() <= LONGEST_REPOSITORY && REPOSITORY.matcher(name).matches();
    }

    /** Whether it names both a tag and a digest. */
    static boolean hasTagAndDigest(String image) {
        int at = image.indexOf('@');
        return at >= 0 && image.lastIndexOf(':', at) > image.lastIndexOf('/', at);
    }

    /** Whether {@link #reference} is a digest: then the content cannot change under the name. */
    public boolean isByDigest() {
        return reference.indexOf(':') >= 0;
    }

    /**
     * Whether it names a registry of Azure's first, or a host with a port. Another host is part of a repository's name:
     * {@code docker.io/library/nginx} is what a cached or copied image is usually called.
     */
    static boolean startsWithRegistry(String image) {
        int slash = image.indexOf('/');
        if (slash <= 0) {
            return false;
        }
        String first = image.substring(0, slash);
        return first.contains(":") || LOGIN_SERVER.matcher(first).matches();
    }

    /** Whether it names a registry of Azure's first. */
    static boolean startsWithAzureRegistry(String image) {
        return LOGIN_SERVER
                .matcher(image.substring(0, Math.max(0, image.indexOf('/'))))
                .matches();
    }

    /** @param registry name or login server @return the name; what is neither is left as it is */
    static String registryOf(String registry) {
        Matcher server = LOGIN_SERVER.matcher(registry);
        return server.matches() ? server.group("name") : registry;
    }

    /** Whether it names a well-known registry outside Azure first, so that an image there is probably meant. */
    static boolean startsWithPublicRegistry(String image) {
        return PUBLIC_REGISTRY
                .matcher(image.substring(0, Math.max(0, image.indexOf('/'))))
                .matches();
    }

    /** As Docker writes it. */
    @Override
    public String toString() {
        return repository + (isByDigest() ? "@" : ":") + reference;
    }
}
