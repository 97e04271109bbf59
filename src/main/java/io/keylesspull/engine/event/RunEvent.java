package io.keylesspull.engine.event;

import io.keylesspull.text.TerminalLine;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Something that happened in a run. The events of one step are in order; those of different steps interleave. */
public sealed interface RunEvent {

    Instant at();

    /** @return what the visitor returns */
    <R> R accept(Visitor<R> visitor);

    /**
     * Whether a later resume or undo relies on it. A durable event is in the journal before its step continues; any
     * other event is only shown.
     */
    default boolean durable() {
        return true;
    }

    /** An event of one step, and so of that step's machine if it has one. */
    sealed interface StepEvent extends RunEvent {
        StepId step();
    }

    /** What a step reports last. */
    sealed interface StepEnd extends StepEvent {}

    /** An event that is only shown. */
    sealed interface ShownEvent extends StepEvent {
        @Override
        default boolean durable() {
            return false;
        }
    }

    /** The first event of an attempt. @param steps in an order in which they could run one after another */
    record RunStarted(Instant at, Purpose purpose, List<PlannedStep> steps) implements RunEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.runStarted(this);
        }
    }

    /** @param after the steps whose facts it needs */
    record PlannedStep(StepId id, Text title, Set<StepId> after) {}

    record StepStarted(Instant at, StepId step) implements StepEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stepStarted(this);
        }
    }

    /** What the step is doing now. */
    record StepProgress(Instant at, StepId step, Text doing) implements ShownEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stepProgress(this);
        }
    }

    /**
     * What the step waits for is not there yet; the step will look again.
     *
     * @param attempt how often it has looked, from 1
     * @param next how long until it looks again
     * @param left how long until it gives up
     */
    record StepWaiting(Instant at, StepId step, Text reason, int attempt, Duration next, Duration left)
            implements ShownEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stepWaiting(this);
        }
    }

    /** A command starts on the step's machine. @param shown as a person would type it, with secrets masked */
    record CommandStarted(Instant at, StepId step, String shown) implements ShownEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.commandStarted(this);
        }
    }

    /**
     * A piece of a command's output.
     *
     * @param chunk the original output with secrets masked; not necessarily whole lines; may hold ANSI sequences and
     *     carriage returns; empty only for {@link #endsLineOnly}
     * @param lines what the chunk changed in the stream's lines, see {@link io.keylesspull.text.TerminalText#feed}
     */
    record CommandOutput(Instant at, StepId step, OutputStream stream, String chunk, List<TerminalLine> lines)
            implements ShownEvent {

        /** A chunk that has not been split into lines yet. */
        public CommandOutput(Instant at, StepId step, OutputStream stream, String chunk) {
            this(at, step, stream, chunk, List.of());
        }

        /** Whether there is no new output: the command has ended, which ends its unfinished line. */
        public boolean endsLineOnly() {
            return chunk.isEmpty() && !lines.isEmpty();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.commandOutput(this);
        }
    }

    /** The stream that a command wrote to. */
    enum OutputStream {
        STDOUT,
        STDERR
    }

    record CommandEnded(Instant at, StepId step, int exitStatus) implements ShownEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.commandEnded(this);
        }
    }

    /** Published before the request that creates the resource is sent. @param resourceId the Azure resource id */
    record ResourceCreating(Instant at, StepId step, String resourceId) implements StepEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.resourceCreating(this);
        }
    }

    record ResourceCreated(Instant at, StepId step, String resourceId) implements StepEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.resourceCreated(this);
        }
    }

    /** The resource no longer exists. */
    record ResourceDeleted(Instant at, StepId step, String resourceId) implements StepEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.resourceDeleted(this);
        }
    }

    /** Published before a change to something that existed before the run. */
    record ChangeBegun(Instant at, StepId step, Change change) implements StepEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.changeBegun(this);
        }
    }

    record ChangeDone(Instant at, StepId step, Change change) implements StepEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.changeDone(this);
        }
    }

    /** The change has been undone. */
    record ChangeReverted(Instant at, StepId step, Change change) implements StepEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.changeReverted(this);
        }
    }

    /** @param fact its name in the plan @param value as it is shown to people */
    record FactEstablished(Instant at, StepId step, String fact, String value) implements StepEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.factEstablished(this);
        }
    }

    record StepSucceeded(Instant at, StepId step, Outcome outcome, Text summary) implements StepEnd {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stepSucceeded(this);
        }
    }

    record StepFailed(Instant at, StepId step, Problem problem) implements StepEnd {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stepFailed(this);
        }
    }

    /** Will not run, because a step it depends on did not succeed. */
    record StepBlocked(Instant at, StepId step, StepId by) implements StepEnd {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stepBlocked(this);
        }
    }

    record StepCancelled(Instant at, StepId step) implements StepEnd {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stepCancelled(this);
        }
    }

    /** The last event. */
    record RunEnded(Instant at, RunResult result) implements RunEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.runEnded(this);
        }
    }

    /** How a run ended. SUCCEEDED: every step did, the comparison of digests on every machine among them. */
    enum RunResult {
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    /** One method for each kind of event, so that the compiler finds code that does not handle a new kind. */
    interface Visitor<R> {

        R runStarted(RunStarted event);

        R stepStarted(StepStarted event);

        R stepProgress(StepProgress event);

        R stepWaiting(StepWaiting event);

        R commandStarted(CommandStarted event);

        R commandOutput(CommandOutput event);

        R commandEnded(CommandEnded event);

        R resourceCreating(ResourceCreating event);

        R resourceCreated(ResourceCreated event);

        R resourceDeleted(ResourceDeleted event);

        R changeBegun(ChangeBegun event);

        R changeDone(ChangeDone event);

        R changeReverted(ChangeReverted event);

        R factEstablished(FactEstablished event);

        R stepSucceeded(StepSucceeded event);

        R stepFailed(StepFailed event);

        R stepBlocked(StepBlocked event);

        R stepCancelled(StepCancelled event);

        R runEnded(RunEnded event);
    }
}
