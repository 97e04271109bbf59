package io.keylesspull.setup;

/** An image in a registry: repository and tag. */
public record ImageReference(String repository, String tag) {

    /** @param reference {@code repository:tag}, as {@link SetupRules} let it pass */
    public static ImageReference parse(String reference) {
        int colon = reference.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not repository:tag: " + reference);
        }
        return new ImageReference(reference.substring(0, colon), reference.substring(colon + 1));
    }
}
