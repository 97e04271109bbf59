package io.keylesspull.engine.event;

import io.keylesspull.text.Text;
import java.util.Objects;

/**
 * An error, described so that the user can act on it.
 *
 * @param what what happened
 * @param meaning what it means for the setup
 * @param remedy what to do now
 * @param details the technical cause, such as the original message; shown on request. Empty if there is none, never
 *     null, holds no secret
 */
public record Problem(Text what, Text meaning, Text remedy, String details) {

    public Problem {
        Objects.requireNonNull(what);
        Objects.requireNonNull(meaning);
        Objects.requireNonNull(remedy);
        Objects.requireNonNull(details);
    }
}
