package io.keylesspull.setup.request;

import java.util.Optional;
import java.util.regex.Matcher;
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
    /** The name, and behind a hyphen the hash of a registry with a domain name label. */
    private static final Pattern LOGIN_SERVER = Pattern.compile(
            "(?:https://)?(?<name>[a-z0-9]+)(?:-[a-z0-9]+)?[.]azurecr[.](?:io|us|cn)(?::\\d+)?/?",
            Pattern.CASE_INSENSITIVE);

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

    /** @param registry name or login server @return the name; what is neither is left as it is */
    static String registryOf(String registry) {
        Matcher server = LOGIN_SERVER.matcher(registry);
        return server.matches() ? server.group("name") : registry;
    }

    @Override
    public String toString() {
        return repository + ":" + tag;
    }
}
