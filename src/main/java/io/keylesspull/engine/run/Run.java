package io.keylesspull.engine.run;

import io.keylesspull.engine.event.EventPublisher;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.NotWritten;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.engine.plan.Step;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** A plan that is running, or has run. */
public final class Run {

    private enum State { WAITING, RUNNING, DONE, FAILED, BLOCKED, CANCELLED }

    private final Plan plan;
    private final Facts facts;
    private final EventPublisher events;
    private final Executor workers;
    private final Time time;
    private final int machineStepsAtOnce;
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();

    private final Object lock = new Object();
    private final Map<StepId, State> states = new HashMap<>();
    private final Map<StepId, Thread> running = new HashMap<>();
    private boolean cancelled;
    private boolean ended;

    Run(Plan plan, Facts facts, EventPublisher events, Executor workers, Time time, int machineStepsAtOnce) {
        this.plan = plan;
        this.facts = facts;
        this.events = events;
        this.workers = workers;
        this.time = time;
        this.machineStepsAtOnce = machineStepsAtOnce;
    }

    void begin() {
        events.publishEnd(at -> new RunEvent.RunStarted(at, plan.purpose(), plan.planned()));
        for (Step step : plan.steps()) {
            boolean known = step.establishes().stream().allMatch(fact -> facts.holds(fact, step.id().machine()));
            states.put(step.id(), known ? State.DONE : State.WAITING);
            if (known) {
                events.publishEnd(at -> new RunEvent.StepSucceeded(at, step.id(), Outcome.FOUND,
                        Text.of("engine.doneBefore")));
            }
        }
        advance();
    }

    /** Interrupts what runs and starts nothing more. Returns at once; the run ends when its running steps have. */
    public void cancel() {
        synchronized (lock) {
            cancelled = true;
            running.values().forEach(Thread::interrupt);
        }
        advance();
    }

    public CompletableFuture<RunResult> result() {
        return result.copy();
    }

    /** Waits for the end. */
    public RunResult await() throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run never completes exceptionally", e);
        }
    }

    private void advance() {
        List<Step> starting = new ArrayList<>();
        List<Function<Instant, RunEvent>> settled = new ArrayList<>();
        boolean ending;
        synchronized (lock) {
            for (Step step : plan.steps()) {
                if (states.get(step.id()) == State.WAITING) {
                    settle(step, settled);
                }
            }
            if (!cancelled) {
                plan.steps().stream().filter(this::mayStart).forEach(step -> {
                    if (step.id().machine().isEmpty() || machineStepsRunning() < machineStepsAtOnce) {
                        states.put(step.id(), State.RUNNING);
                        starting.add(step);
                    }
                });
            }
            ending = !ended && states.values().stream().noneMatch(s -> s == State.WAITING || s == State.RUNNING);
            ended |= ending;
        }
        settled.forEach(events::publishEnd);
        starting.forEach(step -> workers.execute(() -> run(step)));
        if (ending) {
            RunResult how = outcome();
            events.publishEnd(at -> new RunEvent.RunEnded(at, how));
            result.complete(how);
        }
    }

    /** Decides the fate of a waiting step that can no longer run. Plan order makes blocking transitive in one pass. */
    private void settle(Step step, List<Function<Instant, RunEvent>> settled) {
        StepId id = step.id();
        if (cancelled) {
            states.put(id, State.CANCELLED);
            settled.add(at -> new RunEvent.StepCancelled(at, id));
            return;
        }
        plan.after(id).stream()
                .filter(before -> states.get(before) == State.FAILED || states.get(before) == State.BLOCKED)
                .findFirst()
                .ifPresent(by -> {
                    states.put(id, State.BLOCKED);
                    settled.add(at -> new RunEvent.StepBlocked(at, id, by));
                });
    }

    private boolean mayStart(Step step) {
        return states.get(step.id()) == State.WAITING
                && plan.after(step.id()).stream().allMatch(before -> states.get(before) == State.DONE);
    }

    private long machineStepsRunning() {
        return states.entrySet().stream()
                .filter(e -> e.getValue() == State.RUNNING && e.getKey().machine().isPresent())
                .count();
    }

    private RunResult outcome() {
        if (states.containsValue(State.CANCELLED)) {
            return RunResult.CANCELLED;
        }
        return states.values().stream().allMatch(s -> s == State.DONE) ? RunResult.SUCCEEDED : RunResult.FAILED;
    }

    private void run(Step step) {
        State state;
        synchronized (lock) {
            running.put(step.id(), Thread.currentThread());
            if (cancelled) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            state = perform(step);
        } finally {
            synchronized (lock) {
                running.remove(step.id());
                // The interrupt was for this step; the worker's next task must not inherit it.
                Thread.interrupted();
            }
        }
        synchronized (lock) {
            states.put(step.id(), state);
        }
        advance();
    }

    private State perform(Step step) {
        StepId id = step.id();
        try {
            events.publish(at -> new RunEvent.StepStarted(at, id));
            Step.Result done = step.run(new StepContext(step, facts, events, time));
            List<String> missing = step.establishes().stream()
                    .filter(fact -> !facts.holds(fact, id.machine())).map(Fact::name).toList();
            if (!missing.isEmpty()) {
                throw new IllegalStateException(id + " ended without establishing " + missing);
            }
            events.publish(at -> new RunEvent.StepSucceeded(at, id, done.outcome(), done.summary()));
            return State.DONE;
        } catch (InterruptedException e) {
            return cancelled(id);
        } catch (NotWritten e) {
            return failed(id, e.problem());
        } catch (Failure e) {
            return isCancelled() ? cancelled(id) : failed(id, e.problem());
        } catch (RuntimeException | Error e) {
            return isCancelled() ? cancelled(id) : failed(id, unexpected(step, e));
        }
    }

    private State cancelled(StepId id) {
        events.publishEnd(at -> new RunEvent.StepCancelled(at, id));
        return State.CANCELLED;
    }

    private State failed(StepId id, Problem problem) {
        events.publishEnd(at -> new RunEvent.StepFailed(at, id, problem));
        return State.FAILED;
    }

    private boolean isCancelled() {
        synchronized (lock) {
            return cancelled;
        }
    }

    private static Problem unexpected(Step step, Throwable cause) {
        return new Problem(Text.of("engine.unexpected.what", step.title()), Text.of("engine.unexpected.meaning"),
                Text.of("engine.unexpected.remedy"), String.valueOf(cause));
    }
}
