package io.keylesspull.engine.run;

import io.keylesspull.engine.event.EventPublisher;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.NotWritten;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.engine.plan.Step;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/** One execution of a plan, running or ended. */
public final class Run {

    private enum End {
        DONE,
        FAILED,
        BLOCKED,
        CANCELLED
    }

    private final Plan plan;
    private final Facts facts;
    private final EventPublisher events;
    private final Executor workers;
    private final Time time;
    private final int machineStepsAtOnce;
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();

    /** Held while the run's state changes and the matching events are queued. Code that holds it never blocks. */
    private final Object lock = new Object();
    /** In the plan's order, so that one pass finds all steps that a failure blocks. */
    private final Map<StepId, Step> waiting = new LinkedHashMap<>();

    private final Set<StepId> running = new HashSet<>();
    private final Map<StepId, Thread> threads = new HashMap<>();
    private final Map<StepId, End> ends = new HashMap<>();
    /** The step that failed, by each step that cannot run therefore. */
    private final Map<StepId, StepId> culprits = new HashMap<>();

    private int machineStepsRunning;
    private boolean cancelled;
    private boolean ended;

    Run(Plan plan, Facts facts, EventPublisher events, Executor workers, Time time, int machineStepsAtOnce) {
        this.plan = plan;
        this.facts = facts;
        this.events = events;
        this.workers = workers;
        this.time = time;
        this.machineStepsAtOnce = machineStepsAtOnce;
        plan.steps().forEach(step -> waiting.put(step.id(), step));
    }

    void begin() {
        events.start();
        synchronized (lock) {
            events.post(at -> new RunEvent.RunStarted(at, plan.purpose(), plan.planned()));
            waiting.values().removeIf(this::isDoneBefore);
        }
        advance();
    }

    private boolean isDoneBefore(Step step) {
        boolean known = step.establishes().stream()
                .allMatch(fact -> facts.holds(fact, step.id().machine()));
        if (known) {
            ends.put(step.id(), End.DONE);
            events.post(at -> new RunEvent.StepSucceeded(at, step.id(), Outcome.FOUND, Text.of("engine.doneBefore")));
        }
        return known;
    }

    /**
     * Interrupts the running steps and starts no more. Returns at once; the run ends when its running steps have ended.
     */
    public void cancel() {
        synchronized (lock) {
            cancelled = true;
            threads.values().forEach(Thread::interrupt);
        }
        advance();
    }

    /** Completes when the listener has had the last event. */
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
        List<Step> starting;
        synchronized (lock) {
            starting = settleWaiting();
            if (!ended && waiting.isEmpty() && running.isEmpty()) {
                ended = true;
                RunResult how = outcome();
                events.end(at -> new RunEvent.RunEnded(at, how), () -> result.complete(how));
            }
        }
        starting.forEach(step -> workers.execute(() -> run(step)));
    }

    /** The step whose failure keeps another from running, directly or not; of several the first in the plan. */
    private Optional<StepId> culprit(StepId id) {
        Set<StepId> failed = new HashSet<>();
        for (StepId before : plan.after(id)) {
            if (ends.get(before) == End.FAILED) {
                failed.add(before);
            } else if (culprits.containsKey(before)) {
                failed.add(culprits.get(before));
            }
        }
        return failed.isEmpty()
                ? Optional.empty()
                : plan.steps().stream().map(Step::id).filter(failed::contains).findFirst();
    }

    /** Removes the waiting steps that can run now or can no longer run. @return the steps to start */
    private List<Step> settleWaiting() {
        List<Step> starting = new ArrayList<>();
        for (Iterator<Step> each = waiting.values().iterator(); each.hasNext(); ) {
            Step step = each.next();
            StepId id = step.id();
            Optional<StepId> blocking = culprit(id);
            if (cancelled) {
                ends.put(id, End.CANCELLED);
                events.post(at -> new RunEvent.StepCancelled(at, id));
                each.remove();
            } else if (blocking.isPresent()) {
                ends.put(id, End.BLOCKED);
                culprits.put(id, blocking.get());
                events.post(at -> new RunEvent.StepBlocked(at, id, blocking.get()));
                each.remove();
            } else if (mayStart(step)) {
                running.add(id);
                machineStepsRunning += counts(step) ? 1 : 0;
                starting.add(step);
                each.remove();
            }
        }
        return starting;
    }

    private static boolean counts(Step step) {
        return step.id().machine().isPresent() && !step.waits();
    }

    private boolean mayStart(Step step) {
        return (!counts(step) || machineStepsRunning < machineStepsAtOnce)
                && plan.after(step.id()).stream().allMatch(before -> ends.get(before) == End.DONE);
    }

    private RunResult outcome() {
        if (ends.containsValue(End.CANCELLED)) {
            return RunResult.CANCELLED;
        }
        return ends.values().stream().allMatch(end -> end == End.DONE) ? RunResult.SUCCEEDED : RunResult.FAILED;
    }

    private void run(Step step) {
        StepId id = step.id();
        synchronized (lock) {
            threads.put(id, Thread.currentThread());
            if (cancelled) {
                Thread.currentThread().interrupt();
            }
        }
        End end = End.FAILED;
        try {
            end = perform(step);
        } finally {
            synchronized (lock) {
                threads.remove(id);
                // The interrupt was meant for this step; the thread's next task must not get it.
                Thread.interrupted();
                running.remove(id);
                machineStepsRunning -= counts(step) ? 1 : 0;
                ends.put(id, end);
            }
            advance();
        }
    }

    private End perform(Step step) {
        StepId id = step.id();
        try {
            events.publish(at -> new RunEvent.StepStarted(at, id));
            Step.Result done = step.run(new StepContext(step, facts, events, time));
            List<String> missing = step.establishes().stream()
                    .filter(fact -> !facts.holds(fact, id.machine()))
                    .map(Fact::name)
                    .toList();
            if (!missing.isEmpty()) {
                throw new IllegalStateException(id + " ended without establishing " + missing);
            }
            events.publish(at -> new RunEvent.StepSucceeded(at, id, done.outcome(), done.summary()));
            return End.DONE;
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

    private End cancelled(StepId id) {
        events.post(at -> new RunEvent.StepCancelled(at, id));
        return End.CANCELLED;
    }

    private End failed(StepId id, Problem problem) {
        events.post(at -> new RunEvent.StepFailed(at, id, problem));
        return End.FAILED;
    }

    private boolean isCancelled() {
        synchronized (lock) {
            return cancelled;
        }
    }

    private static Problem unexpected(Step step, Throwable cause) {
        return new Problem(
                Text.of("engine.unexpected.what", step.title()),
                Text.of("engine.unexpected.meaning"),
                Text.of("engine.unexpected.remedy"),
                String.valueOf(cause));
    }
}
