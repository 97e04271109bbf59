package io.keylesspull.engine.plan;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Text;
import java.util.Set;

/**
 * One piece of a plan: looks, creates what is missing, and reads back what it made. Running it again changes nothing.
 */
public interface Step {

    StepId id();

    Text title();

    /** What must be known before it can run. */
    Set<Fact<?>> needs();

    /** What is known once it has run; never empty, and each is established by {@link StepContext#establish}. */
    Set<Fact<?>> establishes();

    /**
     * Does the work, blocking. The thread is interrupted when the run is cancelled.
     *
     * @throws Failure if it cannot be done
     * @throws InterruptedException if the run was cancelled
     */
    Result run(StepContext context) throws Failure, InterruptedException;

    /** @param summary one short line: what was found or made */
    record Result(Outcome outcome, Text summary) {}
}
