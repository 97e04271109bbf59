package io.keylesspull.setup.step;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.text.Text;
import java.util.Optional;

/**
 * The result of a {@link Preflight} check.
 *
 * @param what what was checked
 * @param verdict the result
 * @param problem what is wrong; empty if the verdict is GOOD
 */
public record Check(Text what, Verdict verdict, Optional<Problem> problem) {

    /** GOOD: no problem found. DOUBTFUL: the run can start, but may fail. BAD: the run would fail. */
    public enum Verdict {
        GOOD,
        DOUBTFUL,
        BAD
    }

    public static Check good(Text what) {
        return new Check(what, Verdict.GOOD, Optional.empty());
    }

    public static Check doubtful(Text what, Problem problem) {
        return new Check(what, Verdict.DOUBTFUL, Optional.of(problem));
    }

    public static Check bad(Text what, Problem problem) {
        return new Check(what, Verdict.BAD, Optional.of(problem));
    }

    public boolean isBad() {
        return verdict == Verdict.BAD;
    }
}
