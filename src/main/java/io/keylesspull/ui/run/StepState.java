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
 * @param started while it is active
 * @param took how long it ran, after its end
 * @param doing what it is doing, why it waits, or its result
 * @param retry while it waits
 * @param outcome if it succeeded
 * @param problem if it failed
 * @param blockedBy the step that it needs and that did not succeed
 */
record StepState(
        StepId id,
        Text title,
        StepStatus status,
        Optional<Instant> started,
        Optional<Duration> took,
        Optional<Text> doing,
        Optional<Retry> retry,
        Optional<Outcome> outcome,
        Optional<Problem> problem,
        Optional<StepId> blockedBy) {

    /**
     * When a waiting step looks again.
     *
     * @param attempt how often it has looked so far
     */
    record Retry(int attempt, Instant at) {

        /** How long until then; zero if it is due. */
        Duration left(Instant now) {
            Duration left = Duration.between(now, at);
            return left.isNegative() ? Duration.ZERO : left;
        }
    }

    static StepState pending(StepId id, Text title) {
        return new Next(id, title, StepStatus.PENDING).state();
    }

    StepState running(Instant at) {
        return active(StepStatus.RUNNING, Optional.of(at)).state();
    }

    StepState doing(Text what) {
        Next next = active(StepStatus.RUNNING, started);
        next.doing = Optional.of(what);
        return next.state();
    }

    StepState waiting(Text reason, Retry again) {
        Next next = active(StepStatus.WAITING, started);
        next.doing = Optional.of(reason);
        next.retry = Optional.of(again);
        return next.state();
    }

    StepState done(Instant at, Outcome how, Text summary) {
        Next next = ended(StepStatus.DONE, at);
        next.doing = Optional.of(summary);
        next.outcome = Optional.of(how);
        return next.state();
    }

    StepState failed(Instant at, Problem why) {
        Next next = ended(StepStatus.FAILED, at);
        next.problem = Optional.of(why);
        return next.state();
    }

    StepState blocked(Instant at, StepId by) {
        Next next = ended(StepStatus.BLOCKED, at);
        next.blockedBy = Optional.of(by);
        return next.state();
    }

    StepState cancelled(Instant at) {
        return ended(StepStatus.CANCELLED, at).state();
    }

    private Next active(StepStatus how, Optional<Instant> since) {
        Next next = new Next(id, title, how);
        next.started = since;
        return next;
    }

    private Next ended(StepStatus how, Instant at) {
        Next next = new Next(id, title, how);
        next.took = started.map(since -> Duration.between(since, at));
        return next;
    }

    /** Whether it was to delete something and left it alone. */
    boolean leftAlone() {
        return outcome.equals(Optional.of(Outcome.SKIPPED));
    }

    /** How long it has run or did run; empty if it did not run. */
    Optional<Duration> elapsed(Instant now) {
        return started.map(since -> Duration.between(since, now)).or(() -> took);
    }

    /** The state that follows; everything is empty unless it is set. */
    private static final class Next {

        private final StepId id;
        private final Text title;
        private final StepStatus status;
        private Optional<Instant> started = Optional.empty();
        private Optional<Duration> took = Optional.empty();
        private Optional<Text> doing = Optional.empty();
        private Optional<Retry> retry = Optional.empty();
        private Optional<Outcome> outcome = Optional.empty();
        private Optional<Problem> problem = Optional.empty();
        private Optional<StepId> blockedBy = Optional.empty();

        Next(StepId id, Text title, StepStatus status) {
            this.id = id;
            this.title = title;
            this.status = status;
        }

        StepState state() {
            return new StepState(id, title, status, started, took, doing, retry, outcome, problem, blockedBy);
        }
    }
}
