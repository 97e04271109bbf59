package io.keylesspull.practice.machine.state;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An image's name as docker parses it. @param tag null if there is a digest */
public record DockerReference(
        String host,
        String repository,
        @Nullable String tag,
        @Nullable String digest) {

    private static final String HUB = "docker.io";

    /** Empty if docker says {@code invalid reference format}. */
    public static Optional<DockerReference> parse(String text) {
        String rest = text;
        String digest = null;
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = rest.substring(at + 1);
            rest = rest.substring(0, at);
        }
        String tag = null;
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
        }
        int slash = rest.indexOf('/');
        String first = slash < 0 ? "" : rest.substring(0, slash);
        boolean hasHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        String host = hasHost ? first : HUB;
        String repository = hasHost ? rest.substring(slash + 1) : slash < 0 ? "library/" + rest : rest;
        boolean valid = repository.matches("[a-z0-9]+([._/-]+[a-z0-9]+)*")
                && (tag == null || tag.matches("[\\w][\\w.-]{0,127}"))
                && (digest == null || digest.matches("sha256:[0-9a-f]{64}"));
        return valid
                ? Optional.of(
                        new DockerReference(host, repository, tag == null && digest == null ? "latest" : tag, digest))
                : Optional.empty();
    }

    /** Host and repository as docker shows them. */
    public String name() {
        return host.equals(HUB) ? repository.replaceFirst("^library/", "") : host + "/" + repository;
    }

    /** What the manifest is asked for by. */
    public String tagOrDigest() {
        return digest != null ? digest : Objects.requireNonNull(tag);
    }

    @Override
    public String toString() {
        return digest != null ? name() + "@" + digest : name() + ":" + tag;
    }
}
