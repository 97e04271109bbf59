package io.keylesspull.engine.event;

import io.keylesspull.text.Text;
import java.util.Objects;

/**
 * One thing that went wrong, described so that a person can act on it.
 *
 * @param what what happened
 * @param meaning what that means for the setup
 * @param remedy what to do now
 * @param details the technical cause in its own words, shown on request; may be empty, never null, holds no secret
 */
public record Problem(Text what, Text meaning, Text remedy, String details) {

    public Problem {
        Objects.requireNonNull(what);
        Objects.requireNonNull(meaning);
        Objects.requireNonNull(remedy);
        Objects.requireNonNull(details);
    }
}
