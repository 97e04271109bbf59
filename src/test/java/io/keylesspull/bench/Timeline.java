package io.keylesspull.bench;

import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.PlannedStep;
import io.keylesspull.engine.event.RunEvent.RunEnded;
import io.keylesspull.engine.event.RunEvent.RunStarted;
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.RunEvent.StepStarted;
import io.keylesspull.engine.event.RunEvent.StepSucceeded;
import io.keylesspull.engine.event.StepId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** When the steps of a run began and ended, by its events. */
final class Timeline implements Consumer<RunEvent> {

    private final Map<StepId, Instant> begun = new HashMap<>();
    private final Map<StepId, Duration> took = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private List<PlannedStep> planned = List.of();
    private Instant start;
    private Instant end;

    @Override
    public synchronized void accept(RunEvent event) {
        if (event instanceof RunStarted started) {
            planned = started.steps();
            start = started.at();
        } else if (event instanceof StepStarted started) {
            begun.put(started.step(), started.at());
        } else if (event instanceof StepSucceeded succeeded) {
            took.put(succeeded.step(), Duration.between(begun.get(succeeded.step()), succeeded.at()));
        } else if (event instanceof StepFailed failed) {
            problems.add(failed.step() + ": " + failed.problem());
        } else if (event instanceof RunEnded ended) {
            end = ended.at();
        }
    }

    synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    /** From the run's first event to its last. */
    synchronized Duration total() {
        return Duration.between(start, end);
    }

    /** What each step took, in the order in which they ended. */
    synchronized Map<StepId, Duration> steps() {
        return new LinkedHashMap<>(took);
    }

    /**
     * What no order of the steps can be faster than: the longest chain of steps that need each other's facts.
     *
     * @param atBest what each step takes where nothing else goes on
     */
    synchronized Chain longestChain(Map<StepId, Duration> atBest) {
        Map<StepId, Chain> chains = new HashMap<>();
        Chain longest = new Chain(List.of(), Duration.ZERO);
        for (PlannedStep step : planned) {
            Chain before =
                    step.after().stream().map(chains::get).reduce(new Chain(List.of(), Duration.ZERO), Chain::longer);
            Chain here = before.then(step.id(), atBest.get(step.id()));
            chains.put(step.id(), here);
            longest = longest.longer(here);
        }
        return longest;
    }

    /** Steps, each of which needs the one before. */
    record Chain(List<StepId> steps, Duration takes) {

        Chain longer(Chain other) {
            return other.takes.compareTo(takes) > 0 ? other : this;
        }

        Chain then(StepId step, Duration more) {
            List<StepId> all = new ArrayList<>(steps);
            all.add(step);
            return new Chain(List.copyOf(all), takes.plus(more));
        }
    }
}
