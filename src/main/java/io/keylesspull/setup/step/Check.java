package io.keylesspull.setup.step;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.text.Text;
import java.util.Optional;

/**
 * Something looked at before anything is made.
 *
 * @param what    what was looked at
 * @param verdict how it stands
 * @param problem what is wrong; empty where the verdict is GOOD
 */
public record Check(Text what, Verdict verdict, Optional<Problem> problem) {

    /** GOOD: nothing in the way. DOUBTFUL: can be gone on with. BAD: the run would fail. */
    public enum Verdict { GOOD, DOUBTFUL, BAD }
}
