package io.keylesspull.engine.event;

import io.keylesspull.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Something that happened in a run. Events of one step come in order; those of different steps interleave. */
public sealed interface RunEvent {

    Instant at();

    /** An event that belongs to one step, and by it to that step's machine if it has one. */
    sealed interface StepEvent extends RunEvent {
        StepId step();
    }

    /** The first event of a try. @param steps in an order in which they could run one after another */
    record RunStarted(Instant at, Purpose purpose, List<PlannedStep> steps) implements RunEvent {
    }

    /** @param after the steps whose facts it needs */
    record PlannedStep(StepId id, Text title, Set<StepId> after) {
    }

    record StepStarted(Instant at, StepId step) implements StepEvent {
    }

    /** What the step is at now. */
    record StepProgress(Instant at, StepId step, Text doing) implements StepEvent {
    }

    /**
     * The step looked, what it wants is not so yet, and it will look again.
     *
     * @param attempt how often it has looked, from 1
     * @param next    how long until it looks again
     * @param left    how long it will go on before it gives up
     */
    record StepWaiting(Instant at, StepId step, Text reason, int attempt, Duration next, Duration left)
            implements StepEvent {
    }

    /** A command begins on the step's machine. @param shown as a person would type it, secrets taken out */
    record CommandStarted(Instant at, StepId step, String shown) implements StepEvent {
    }

    /** A piece of a command's output as it came: not necessarily whole lines; may hold ANSI and carriage returns. */
    record CommandOutput(Instant at, StepId step, OutputStream stream, String chunk) implements StepEvent {
    }

    /** Where a command wrote. */
    enum OutputStream { STDOUT, STDERR }

    record CommandEnded(Instant at, StepId step, int exitStatus) implements StepEvent {
    }

    /** About to be made in Azure. Told before the request is sent. @param resourceId the Azure resource id */
    record ResourceCreating(Instant at, StepId step, String resourceId) implements StepEvent {
    }

    record ResourceCreated(Instant at, StepId step, String resourceId) implements StepEvent {
    }

    /** It is not there any more. */
    record ResourceDeleted(Instant at, StepId step, String resourceId) implements StepEvent {
    }

    /** About to be done to something that was there before. Told before it is done. */
    record ChangeBegun(Instant at, StepId step, Change change) implements StepEvent {
    }

    record ChangeDone(Instant at, StepId step, Change change) implements StepEvent {
    }

    /** It is again as it was before the change. */
    record ChangeReverted(Instant at, StepId step, Change change) implements StepEvent {
    }

    /** @param fact the name it has in the plan @param value the value in words, for logs */
    record FactEstablished(Instant at, StepId step, String fact, String value) implements StepEvent {
    }

    record StepSucceeded(Instant at, StepId step, Outcome outcome, Text summary) implements StepEvent {
    }

    record StepFailed(Instant at, StepId step, Problem problem) implements StepEvent {
    }

    /** Will not run, because a step it depends on did not succeed. */
    record StepBlocked(Instant at, StepId step, StepId by) implements StepEvent {
    }

    record StepCancelled(Instant at, StepId step) implements StepEvent {
    }

    /** The last event. */
    record RunEnded(Instant at, RunResult result) implements RunEvent {
    }

    /** How a run ended. SUCCEEDED: every step did, the comparison of digests on every machine among them. */
    enum RunResult { SUCCEEDED, FAILED, CANCELLED }
}
