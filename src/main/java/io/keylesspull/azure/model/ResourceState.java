package io.keylesspull.azure.model;

import java.util.Optional;

/**
 * A resource that exists, whatever its type.
 *
 * @param progress whether Azure still works on it
 * @param run the id of the run that it is marked with; empty if it has no mark
 */
public record ResourceState(String id, Progress progress, Optional<String> run) {

    /** A summary of the resource's {@code provisioningState}. */
    public enum Progress {
        DONE,
        UNDER_WAY,
        FAILED
    }
}
