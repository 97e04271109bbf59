package io.keylesspull.ui.run;

import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.PlannedStep;
import io.keylesspull.engine.event.RunEvent.RunEnded;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunEvent.RunStarted;
import io.keylesspull.engine.event.RunEvent.StepEnd;
import io.keylesspull.engine.event.RunEvent.StepEvent;
import io.keylesspull.engine.event.RunEvent.StepStarted;
import io.keylesspull.engine.event.RunEvent.StepWaiting;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.event.Timeline;
import io.keylesspull.setup.picture.Picture;
import io.keylesspull.setup.picture.Progress;
import io.keylesspull.setup.plan.Durations;
import io.keylesspull.setup.request.SetupRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run as its events report it: the steps' states, progress and time. Continues over further attempts.
 * Used by one thread.
 */
final class RunModel {

    private Map<StepId, StepState> steps = new LinkedHashMap<>();
    /** States of the attempt before, for steps that need not run again. */
    private Map<StepId, StepState> before = Map.of();

    private List<PlannedStep> planned = List.of();
    /** The steps by what they work for; shared steps first. */
    private Map<Optional<String>, List<StepId>> groups = Map.of();

    private Optional<Instant> started = Optional.empty();
    private Duration spent = Duration.ZERO;
    private Optional<RunResult> result = Optional.empty();
    private Purpose purpose = Purpose.SETUP;
    private Progress progress = new Progress();
    /** What the timeline of the last attempt is made of. */
    private final List<RunEvent> told = new ArrayList<>();

    /** Clears everything for another run. @param next what that one is for */
    void clear(Purpose next) {
        purpose = next;
        steps = new LinkedHashMap<>();
        groups = Map.of();
        before = Map.of();
        started = Optional.empty();
        spent = Duration.ZERO;
        result = Optional.empty();
        progress = new Progress();
        told.clear();
    }

    /** @return whether the list of steps has changed */
    boolean accept(RunEvent event) {
        progress.accept(event);
        if (event instanceof RunStarted run) {
            told.clear();
            told.add(event);
            before = steps;
            steps = new LinkedHashMap<>();
            inOrder(run.steps()).forEach(step -> steps.put(step.id(), StepState.pending(step.id(), step.title())));
            started = Optional.of(event.at());
            result = Optional.empty();
            purpose = run.purpose();
            planned = run.steps();
            groups = steps.keySet().stream()
                    .collect(Collectors.groupingBy(StepId::machine, LinkedHashMap::new, Collectors.toList()));
            return !List.copyOf(before.keySet()).equals(List.copyOf(steps.keySet()));
        }
        if (event instanceof StepStarted
                || event instanceof StepWaiting
                || event instanceof StepEnd
                || event instanceof RunEnded) {
            told.add(event);
        }
        if (event instanceof RunEnded ended) {
            spent = elapsed(event.at());
            started = Optional.empty();
            result = Optional.of(ended.result());
        } else if (event instanceof StepEvent step) {
            steps.computeIfPresent(
                    step.step(), (id, state) -> step.accept(new NextState(state, Optional.ofNullable(before.get(id)))));
        }
        return false;
    }

    /** Shared steps first, then machine by machine; each group in the plan's order. */
    private static List<PlannedStep> inOrder(List<PlannedStep> planned) {
        Map<String, List<PlannedStep>> groups = new LinkedHashMap<>();
        groups.put("", new ArrayList<>());
        planned.forEach(step -> groups.computeIfAbsent(step.id().machine().orElse(""), m -> new ArrayList<>())
                .add(step));
        return groups.values().stream().flatMap(Collection::stream).toList();
    }

    /** As they are shown: shared steps first, then machine by machine. */
    List<StepState> steps() {
        return List.copyOf(steps.values());
    }

    Optional<StepState> step(StepId id) {
        return Optional.ofNullable(steps.get(id));
    }

    /** The machines that have steps of their own, in the plan's order. */
    List<String> machines() {
        return groups.keySet().stream().flatMap(Optional::stream).toList();
    }

    /** @param machine empty for the shared steps */
    List<StepState> stepsOf(Optional<String> machine) {
        return groups.getOrDefault(machine, List.of()).stream()
                .map(id -> Objects.requireNonNull(steps.get(id)))
                .toList();
    }

    /**
     * How long the run still takes, if what is known of its steps is true; empty before its first event and after its
     * end.
     */
    Optional<Duration> left(Durations durations, Instant now) {
        return started.map(since -> Durations.together(planned, id -> left(steps.get(id), durations, now)));
    }

    private static Duration left(@Nullable StepState step, Durations durations, Instant now) {
        if (step == null || step.status() == StepStatus.DONE) {
            return Duration.ZERO;
        }
        return durations.left(
                step.id(),
                step.elapsed(now).filter(elapsed -> step.status().active()).orElse(Duration.ZERO));
    }

    /** Who has got access to what so far. */
    Picture picture(SetupRequest request) {
        return progress.picture(request);
    }

    /** When the steps of the last attempt ran; empty before its first event. */
    Optional<Timeline> timeline(Instant now) {
        if (told.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(result.isPresent() ? Timeline.of(told) : Timeline.of(told, now));
    }

    Purpose purpose() {
        return purpose;
    }

    int total() {
        return steps.size();
    }

    /** How many steps succeeded. */
    int done() {
        return (int) steps.values().stream()
                .filter(step -> step.status() == StepStatus.DONE)
                .count();
    }

    /** From 0 to 1. */
    double progress() {
        return steps.isEmpty() ? 0 : (double) done() / total();
    }

    /** In the order of {@link #steps}. */
    List<StepState> failures() {
        return steps.values().stream()
                .filter(step -> step.status() == StepStatus.FAILED)
                .toList();
    }

    /** How long the run has run, all attempts together. The time between attempts does not count. */
    Duration elapsed(Instant now) {
        return started.map(since -> spent.plus(positive(Duration.between(since, now))))
                .orElse(spent);
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    /** Empty before its end. */
    Optional<RunResult> result() {
        return result;
    }
}
