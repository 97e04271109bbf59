package io.keylesspull.azure.resource;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Marks a resource with the run that created it: by a tag, or by the description for types that have no tags. An undo
 * deletes only resources with the run's mark.
 *
 * @param run the run's id; empty if new resources get no mark
 */
public record RunMark(Optional<String> run) {

    private static final String TAG = "keyless-pull-run";
    private static final String DESCRIPTION = "Keyless Pull, run ";

    static RunMark none() {
        return new RunMark(Optional.empty());
    }

    static RunMark of(String run) {
        return new RunMark(Optional.of(run));
    }

    /** For a resource; empty if there is no mark. */
    public Map<String, String> tags() {
        return run.map(id -> Map.of(TAG, id)).orElse(Map.of());
    }

    /** For a role assignment, which has no tags; null if there is no mark. */
    @Nullable
    public String description() {
        return run.map(DESCRIPTION::concat).orElse(null);
    }

    /** The run with whose mark a resource is tagged. */
    public static Optional<String> ofTags(Map<String, String> tags) {
        return tags == null
                ? Optional.empty()
                : tags.entrySet().stream()
                        .filter(tag -> tag.getKey().equalsIgnoreCase(TAG))
                        .map(Map.Entry::getValue)
                        .findFirst();
    }

    static Optional<String> ofDescription(@Nullable Object description) {
        return description instanceof String text && text.startsWith(DESCRIPTION)
                ? Optional.of(text.substring(DESCRIPTION.length()))
                : Optional.empty();
    }
}
