package io.keylesspull.engine.plan;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.EventPublisher;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.text.Masked;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A running step's access to its run: facts, events, waits. Used by the step's thread and by threads that it starts. A
 * durable event is in the journal when the method that reports it returns; an interrupt does not shorten that wait.
 */
public final class StepContext {

    private final Step step;
    private final Facts facts;
    private final EventPublisher events;
    private final Time time;

    /** @param events where the run's events are published */
    public StepContext(Step step, Facts facts, EventPublisher events, Time time) {
        this.step = step;
        this.facts = facts;
        this.events = events;
        this.time = time;
    }

    public Time time() {
        return time;
    }

    /** @throws IllegalArgumentException if the fact is not one of the step's needs */
    public <T> T get(Fact<T> fact) {
        if (!step.needs().contains(fact)) {
            throw new IllegalArgumentException(step.id() + " uses " + fact.name() + " without naming it as a need");
        }
        return facts.find(fact, machine())
                .orElseThrow(() -> new IllegalStateException(fact.name() + " is not established for " + step.id()));
    }

    /** @throws IllegalArgumentException if the step does not declare that it establishes the fact */
    public <T> void establish(Fact<T> fact, T value) {
        if (!step.establishes().contains(fact)) {
            throw new IllegalArgumentException(step.id() + " establishes " + fact.name() + " without naming it");
        }
        facts.put(fact, machine(), value);
        events.publish(at -> new RunEvent.FactEstablished(
                at, step.id(), fact.name(), fact.shown().apply(value)));
    }

    public void progress(Text doing) {
        events.publish(at -> new RunEvent.StepProgress(at, step.id(), doing));
    }

    /** Reports that the step will retry something. */
    public void waiting(Text reason, int attempt, Duration next, Duration left) {
        events.publish(at -> new RunEvent.StepWaiting(at, step.id(), reason, attempt, next, left));
    }

    public void commandStarted(String shown) {
        events.publish(at -> new RunEvent.CommandStarted(at, step.id(), shown));
    }

    /** Blocks while too much is queued, so that a flood of output cannot fill the memory. */
    public void commandOutput(RunEvent.OutputStream stream, Masked chunk) {
        events.publish(at -> new RunEvent.CommandOutput(at, step.id(), stream, chunk.text()));
    }

    public void commandEnded(int exitStatus) {
        events.publish(at -> new RunEvent.CommandEnded(at, step.id(), exitStatus));
    }

    /** Reports a resource before the request that creates it is sent. */
    public void creating(String resourceId) {
        events.publish(at -> new RunEvent.ResourceCreating(at, step.id(), resourceId));
    }

    public void created(String resourceId) {
        events.publish(at -> new RunEvent.ResourceCreated(at, step.id(), resourceId));
    }

    /** Reports that a resource no longer exists. */
    public void deleted(String resourceId) {
        events.publish(at -> new RunEvent.ResourceDeleted(at, step.id(), resourceId));
    }

    /** Runs an action that changes something that existed before; each change is reported before and after. */
    public <T, E extends Exception> T change(List<Change> changes, Act<T, E> act)
            throws E, Failure, InterruptedException {
        changes.forEach(change -> events.publish(at -> new RunEvent.ChangeBegun(at, step.id(), change)));
        T made = act.act();
        changes.forEach(change -> events.publish(at -> new RunEvent.ChangeDone(at, step.id(), change)));
        return made;
    }

    /** Whether this run, in this attempt or an earlier one, made the change or started to. */
    public boolean changed(Change change) {
        return events.state().changed(change, machine());
    }

    /** Whether this run started to make the change and was interrupted before it was reported as done. */
    public boolean cutOff(Change change) {
        return events.state().cutOff(change, machine());
    }

    /** Reports that a change has been undone. */
    public void reverted(Change change) {
        events.publish(at -> new RunEvent.ChangeReverted(at, step.id(), change));
    }

    /** What this run has left behind so far, in all its attempts. */
    public RunState state() {
        return events.state();
    }

    /**
     * Repeats the attempt until it succeeds, and reports the reason before each wait.
     *
     * @throws Failure the attempt's own, or the problem of its last {@link NotYet} if the time runs out
     */
    public <T> T retry(Retry retry, Attempt<T> attempt) throws Failure, InterruptedException {
        Instant giveUp = time.now().plus(retry.bound());
        for (int count = 1; ; count++) {
            try {
                return attempt.look();
            } catch (NotYet notYet) {
                Duration left = Duration.between(time.now(), giveUp);
                if (left.isNegative() || left.isZero()) {
                    throw new Failure(notYet.ifNever(), notYet);
                }
                Duration wait = retry.waitAfter(count);
                Duration next = wait.compareTo(left) < 0 ? wait : left;
                waiting(notYet.reason(), count, next, left);
                time.sleep(next);
            }
        }
    }

    private Optional<String> machine() {
        return step.id().machine();
    }
}
