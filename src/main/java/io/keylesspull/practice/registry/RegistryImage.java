package io.keylesspull.practice.registry;

/** The address of one image. @param loginServer of its registry, compared without case */
public record RegistryImage(String loginServer, String repository, String tag) {

    /** As {@code docker pull} takes it. */
    @Override
    public String toString() {
        return loginServer + "/" + repository + ":" + tag;
    }
}
