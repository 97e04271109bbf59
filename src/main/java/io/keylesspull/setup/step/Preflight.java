package io.keylesspull.setup.step;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.setup.step.Check.Verdict;
import io.keylesspull.text.Text;
import java.util.Optional;

/**
 * A condition for a step that can be checked before anything is created.
 *
 * @param what the subject; checks of several steps with the same subject are made once
 * @param rests the subject of an earlier check without whose success this one says nothing; empty if there is none
 */
public record Preflight(Text what, Look look, Optional<Text> rests) {

    /** A check that rests on no other. */
    public Preflight(Text what, Look look) {
        this(what, look, Optional.empty());
    }

    /** The same check, which is not made if an earlier one is bad. @param earlier its subject */
    public Preflight ifNotBad(Text earlier) {
        return new Preflight(what, look, Optional.of(earlier));
    }

    /** Looks; changes nothing. */
    @FunctionalInterface
    public interface Look {
        Finding look() throws AzureException, InterruptedException;
    }

    /** @param problem what is wrong, or why it was not checked; empty if the verdict is GOOD */
    public record Finding(Verdict verdict, Optional<Problem> problem) {

        public static Finding good() {
            return new Finding(Verdict.GOOD, Optional.empty());
        }

        /** @param why nobody could look */
        public static Finding unchecked(Problem why) {
            return new Finding(Verdict.UNCHECKED, Optional.of(why));
        }

        public static Finding doubtful(Problem problem) {
            return new Finding(Verdict.DOUBTFUL, Optional.of(problem));
        }

        public static Finding bad(Problem problem) {
            return new Finding(Verdict.BAD, Optional.of(problem));
        }

        /** @param problem of what would make the run fail; empty if nothing would */
        public static Finding badIf(Optional<Problem> problem) {
            return problem.map(Finding::bad).orElseGet(Finding::good);
        }
    }

    /** Makes the check. If Azure refuses to be read, that is a problem too. */
    public Check check() throws InterruptedException {
        try {
            Finding finding = look.look();
            return new Check(what, finding.verdict(), finding.problem());
        } catch (AzureException e) {
            return Check.bad(what, AzureFailures.ofCheck(what, e));
        }
    }
}
