package io.keylesspull.engine.event;

import java.util.Objects;

/**
 * What a run does to something that was there before, recorded so that it can be undone.
 *
 * @param kind the kind of change; the same word in every run
 * @param subject what was changed or added: a package, a group, an identity's id
 */
public record Change(String kind, String subject) {

    public Change {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(subject);
    }
}
