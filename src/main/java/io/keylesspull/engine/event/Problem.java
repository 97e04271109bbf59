package io.keylesspull.engine.event;

import io.keylesspull.text.ErrorCode;
import io.keylesspull.text.Fix;
import io.keylesspull.text.Text;
import java.util.Objects;
import java.util.Optional;

/**
 * An error, described so that the user can act on it.
 *
 * @param what what happened
 * @param meaning what it means for the setup
 * @param remedy what to do now
 * @param details the technical cause, such as the original message; shown on request. Empty if there is none, never
 *     null, holds no secret; what the words of {@code what} name already is left out
 */
public record Problem(Text what, Text meaning, Text remedy, String details) {

    public Problem {
        Objects.requireNonNull(what);
        Objects.requireNonNull(meaning);
        Objects.requireNonNull(remedy);
        details = names(what, details.strip()) ? "" : details;
    }

    private static boolean names(Text words, String details) {
        return words.arguments().stream()
                .anyMatch(argument -> argument instanceof Text nested
                        ? names(nested, details)
                        : details.equals(String.valueOf(argument).strip()));
    }

    /** The same problem with another remedy. */
    public Problem withRemedy(Text other) {
        return new Problem(what, meaning, other, details);
    }

    /** By which the error is found again; empty only for a problem of an earlier version. */
    public Optional<ErrorCode> code() {
        return ErrorCode.of(remedy);
    }

    /** What to do now, and the code: for places where there are words alone. */
    public Text remedyWithCode() {
        return code().map(code -> Text.of("engine.withCode", remedy, code.toString()))
                .orElse(remedy);
    }

    /** What carries the remedy out; empty only for a problem of an earlier version that lacks the values. */
    public Optional<Fix> fix() {
        return Fix.of(remedy);
    }

    /** The same as commands, one a line; empty if there is none. */
    public Optional<String> command() {
        return fix().filter(Fix.Commands.class::isInstance).map(fix -> ((Fix.Commands) fix).lines());
    }
}
