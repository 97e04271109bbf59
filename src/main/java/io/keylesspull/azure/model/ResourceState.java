package io.keylesspull.azure.model;

import java.util.Optional;

/**
 * A resource that exists, whatever its type.
 *
 * @param progress how far Azure is with it
 * @param run      the run whose mark it bears; empty where it bears none
 */
public record ResourceState(String id, Progress progress, Optional<String> run) {

    /** What the {@code provisioningState} of a resource comes down to. */
    public enum Progress { DONE, UNDER_WAY, FAILED }
}
