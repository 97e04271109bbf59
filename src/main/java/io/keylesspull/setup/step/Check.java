package io.keylesspull.setup.step;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.text.Text;
import java.util.Optional;

/**
 * The result of a {@link Preflight} check.
 *
 * @param what what was checked
 * @param verdict the result
 * @param problem what is wrong, or why it was not checked; empty if the verdict is GOOD
 */
public record Check(Text what, Verdict verdict, Optional<Problem> problem) {

    /**
     * UNCHECKED: nobody could look; a check of the same subject that could counts. GOOD: no problem found. DOUBTFUL:
     * the run can start, but may fail. BAD: the run would fail. A later one counts before an earlier one.
     */
    public enum Verdict {
        UNCHECKED,
        GOOD,
        DOUBTFUL,
        BAD
    }

    public static Check good(Text what) {
        return new Check(what, Verdict.GOOD, Optional.empty());
    }

    /** @param why nobody could look */
    public static Check unchecked(Text what, Problem why) {
        return new Check(what, Verdict.UNCHECKED, Optional.of(why));
    }

    public static Check doubtful(Text what, Problem problem) {
        return new Check(what, Verdict.DOUBTFUL, Optional.of(problem));
    }

    public static Check bad(Text what, Problem problem) {
        return new Check(what, Verdict.BAD, Optional.of(problem));
    }

    /** Of two checks with the same subject the one that says more. */
    public Check orElse(Check other) {
        return other.verdict.compareTo(verdict) > 0 ? other : this;
    }

    public boolean isBad() {
        return verdict == Verdict.BAD;
    }
}
