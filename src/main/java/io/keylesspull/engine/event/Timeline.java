package io.keylesspull.engine.event;

import io.keylesspull.engine.event.RunEvent.PlannedStep;
import io.keylesspull.engine.event.RunEvent.RunStarted;
import io.keylesspull.engine.event.RunEvent.StepBlocked;
import io.keylesspull.engine.event.RunEvent.StepCancelled;
import io.keylesspull.engine.event.RunEvent.StepEnd;
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.RunEvent.StepWaiting;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * When the steps of a run's last attempt ran, and what they waited for.
 *
 * @param from when the attempt began
 * @param to when its last event was, or now
 * @param bars of the steps that ran, in the order in which they began
 * @param pending the steps that have neither begun nor ended, in the plan's order
 */
public record Timeline(Instant from, Instant to, List<Bar> bars, List<Pending> pending) {

    public Timeline {
        bars = List.copyOf(bars);
        pending = List.copyOf(pending);
    }

    /** How a step's time ended. */
    public enum End {
        SUCCEEDED,
        FAILED,
        CANCELLED,
        /** It runs still, or the program was killed. */
        OPEN
    }

    /**
     * @param to the timeline's own end if the step has not ended
     * @param waits for what was not there yet, while it ran; in order
     * @param held before it began; empty if it needs nothing or one thing only
     */
    public record Bar(
            StepId step, Text title, Instant from, Instant to, End end, List<Wait> waits, Optional<Held> held) {

        public Bar {
            waits = List.copyOf(waits);
        }

        /** One that waited for nothing. */
        public Bar(StepId step, Text title, Instant from, Instant to, End end) {
            this(step, title, from, to, end, List.of(), Optional.empty());
        }

        public Duration lasted() {
            return Duration.between(from, to);
        }
    }

    /** A time in which a step looked again and again whether something is there. */
    public record Wait(Instant from, Instant to, Text reason) {

        public Duration lasted() {
            return Duration.between(from, to);
        }
    }

    /**
     * A time in which a step waited for one other alone.
     *
     * @param from when all but one of the steps that it needs had ended
     * @param by the title of that one
     */
    public record Held(Instant from, Text by) {}

    /** A step that has not begun. @param by the title of a step that it waits for; empty if it could begin */
    public record Pending(StepId step, Text title, Optional<Text> by) {}

    /** Until the last event. @param events of one or several attempts; at least one is a {@link RunStarted} */
    public static Timeline of(List<RunEvent> events) {
        return of(events, events.get(events.size() - 1).at());
    }

    /** Until now. @param events as above */
    public static Timeline of(List<RunEvent> events, Instant now) {
        List<RunEvent> last = lastAttempt(events);
        RunStarted begun = (RunStarted) last.get(0);
        Map<StepId, Planned> planned = new LinkedHashMap<>();
        begun.steps().forEach(step -> planned.put(step.id(), new Planned(planned.size(), step)));
        Map<StepId, Instant> ends = new HashMap<>();
        Map<StepId, List<Wait>> waits = new HashMap<>();
        for (RunEvent event : last) {
            if (event instanceof StepEnd end) {
                ends.put(end.step(), end.at());
            } else if (event instanceof StepWaiting waiting) {
                add(waits.computeIfAbsent(waiting.step(), step -> new ArrayList<>()), waiting);
            }
        }
        List<Bar> bars = new ArrayList<>();
        Set<StepId> started = new HashSet<>();
        for (Span span : Span.of(last)) {
            PlannedStep step = Objects.requireNonNull(planned.get(span.step()), "a step that runs is planned")
                    .step();
            Instant to = span.end().map(StepEnd::at).orElse(now);
            started.add(span.step());
            bars.add(new Bar(
                    span.step(),
                    step.title(),
                    span.from(),
                    to,
                    span.end().map(Timeline::endOf).orElse(End.OPEN),
                    until(to, waits.getOrDefault(span.step(), List.of())),
                    held(step, ends, planned)));
        }
        List<Pending> pending = begun.steps().stream()
                .filter(step -> !started.contains(step.id()) && !ends.containsKey(step.id()))
                .map(step -> new Pending(step.id(), step.title(), awaited(step, ends, planned)))
                .toList();
        return new Timeline(begun.at(), now, bars, pending);
    }

    /** @param place in the plan's order */
    private record Planned(int place, PlannedStep step) {}

    private static void add(List<Wait> waits, StepWaiting waiting) {
        Instant to = waiting.at().plus(waiting.next());
        int last = waits.size() - 1;
        // Between two looks for the same thing nothing else is done.
        if (last >= 0 && waits.get(last).reason().equals(waiting.reason())) {
            waits.set(last, new Wait(waits.get(last).from(), to, waiting.reason()));
        } else {
            waits.add(new Wait(waiting.at(), to, waiting.reason()));
        }
    }

    private static List<Wait> until(Instant end, List<Wait> waits) {
        return waits.stream()
                .filter(wait -> wait.from().isBefore(end))
                .map(wait -> wait.to().isAfter(end) ? new Wait(wait.from(), end, wait.reason()) : wait)
                .toList();
    }

    private static Optional<Held> held(PlannedStep step, Map<StepId, Instant> ends, Map<StepId, Planned> planned) {
        List<Map.Entry<StepId, Instant>> needed = step.after().stream()
                .flatMap(id -> Optional.ofNullable(ends.get(id)).map(at -> Map.entry(id, at)).stream())
                .sorted(Map.Entry.comparingByValue())
                .toList();
        return needed.size() < 2
                ? Optional.empty()
                : Optional.ofNullable(planned.get(needed.get(needed.size() - 1).getKey()))
                        .map(by -> new Held(
                                needed.get(needed.size() - 2).getValue(),
                                by.step().title()));
    }

    /** The first step of the plan that it still waits for. */
    private static Optional<Text> awaited(PlannedStep step, Map<StepId, Instant> ends, Map<StepId, Planned> planned) {
        return step.after().stream()
                .filter(id -> !ends.containsKey(id))
                .flatMap(id -> Optional.ofNullable(planned.get(id)).stream())
                .min(Comparator.comparingInt(Planned::place))
                .map(first -> first.step().title());
    }

    private static End endOf(StepEnd end) {
        if (end instanceof StepFailed) {
            return End.FAILED;
        }
        return end instanceof StepCancelled || end instanceof StepBlocked ? End.CANCELLED : End.SUCCEEDED;
    }

    /** The events from the last {@link RunStarted} on; none if there is none. */
    public static List<RunEvent> lastAttempt(List<RunEvent> events) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i) instanceof RunStarted) {
                return events.subList(i, events.size());
            }
        }
        return List.of();
    }

    /** How long the whole took. */
    public Duration lasted() {
        return Duration.between(from, to);
    }
}
