package io.keylesspull.engine.plan;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Text;
import java.util.Set;

/**
 * One step of a plan. It looks first, creates what is missing, and reads back what it created. Running it again changes
 * nothing.
 */
public interface Step {

    StepId id();

    Text title();

    /** The facts that must be established before it can run. */
    Set<Fact<?>> needs();

    /** The facts that it establishes by {@link StepContext#establish}; never empty. */
    Set<Fact<?>> establishes();

    /** Whether it mostly waits for others, so that any number of it may run at once. */
    default boolean waits() {
        return false;
    }

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
