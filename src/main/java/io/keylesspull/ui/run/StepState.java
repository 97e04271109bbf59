package io.keylesspull.ui.run;

import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One step as the Run page shows it. Times come from the run's events.
 *
 * @param took     how long it ran, where it has ended and did run
 * @param started  where it runs
 * @param doing    what it is at, why it waits, or how it went well
 * @param attempt  how often it has looked, while it waits
 * @param lookAt   when it looks again, while it waits
 * @param blockedBy the step that keeps it from running
 */
public record StepState(StepId id, Text title, StepStatus status, Optional<Instant> started, Optional<Duration> took,
        Optional<Text> doing, int attempt, Optional<Instant> lookAt, Optional<Outcome> outcome,
        Optional<Problem> problem, Optional<StepId> blockedBy) {

    static StepState pending(StepId id, Text title) {
        return new StepState(id, title, StepStatus.PENDING, Optional.empty(), Optional.empty(), Optional.empty(), 0,
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    StepState running(Instant at) {
        return new StepState(id, title, StepStatus.RUNNING, Optional.of(at), Optional.empty(), Optional.empty(), 0,
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    StepState doing(Text what) {
        return new StepState(id, title, StepStatus.RUNNING, started, Optional.empty(), Optional.of(what), 0,
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    StepState waiting(Text reason, int attempts, Instant again) {
        return new StepState(id, title, StepStatus.WAITING, started, Optional.empty(), Optional.of(reason), attempts,
                Optional.of(again), Optional.empty(), Optional.empty(), Optional.empty());
    }

    StepState done(Instant at, Outcome how, Text summary) {
        return new StepState(id, title, StepStatus.DONE, Optional.empty(), took(at), Optional.of(summary), 0,
                Optional.empty(), Optional.of(how), Optional.empty(), Optional.empty());
    }

    StepState failed(Instant at, Problem why) {
        return ended(StepStatus.FAILED, at, Optional.of(why), Optional.empty());
    }

    StepState blocked(Instant at, StepId by) {
        return ended(StepStatus.BLOCKED, at, Optional.empty(), Optional.of(by));
    }

    StepState cancelled(Instant at) {
        return ended(StepStatus.CANCELLED, at, Optional.empty(), Optional.empty());
    }

    private StepState ended(StepStatus how, Instant at, Optional<Problem> why, Optional<StepId> by) {
        return new StepState(id, title, how, Optional.empty(), took(at), Optional.empty(), 0, Optional.empty(),
                Optional.empty(), why, by);
    }

    private Optional<Duration> took(Instant at) {
        return started.map(since -> Duration.between(since, at));
    }

    /** Whether it was to delete something, and let it stay. */
    boolean leftAlone() {
        return outcome.equals(Optional.of(Outcome.SKIPPED));
    }

    /** How long it has run or did run; empty where it has not. */
    Optional<Duration> elapsed(Instant now) {
        return started.map(since -> Duration.between(since, now)).or(() -> took);
    }

    /** How long until it looks again; zero where that is due. */
    Duration untilLook(Instant now) {
        Duration left = lookAt.map(at -> Duration.between(now, at)).orElse(Duration.ZERO);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
