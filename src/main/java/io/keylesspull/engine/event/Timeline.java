package io.keylesspull.engine.event;

import io.keylesspull.engine.event.RunEvent.PlannedStep;
import io.keylesspull.engine.event.RunEvent.RunStarted;
import io.keylesspull.engine.event.RunEvent.StepBlocked;
import io.keylesspull.engine.event.RunEvent.StepCancelled;
import io.keylesspull.engine.event.RunEvent.StepEnd;
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.RunEvent.StepStarted;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * When the steps of a run's last attempt ran.
 *
 * @param from when the attempt began
 * @param to when its last event was
 * @param bars of the steps that ran, in the order in which they began
 */
public record Timeline(Instant from, Instant to, List<Bar> bars) {

    public Timeline {
        bars = List.copyOf(bars);
    }

    /** How a step's time ended. */
    public enum End {
        SUCCEEDED,
        FAILED,
        CANCELLED,
        /** It runs still, or the program was killed. */
        OPEN
    }

    /** @param to the timeline's own end if the step has not ended */
    public record Bar(StepId step, Text title, Instant from, Instant to, End end) {

        public Duration lasted() {
            return Duration.between(from, to);
        }
    }

    /** @param events of one or several attempts; at least one is a {@link RunStarted} */
    public static Timeline of(List<RunEvent> events) {
        List<RunEvent> last = lastAttempt(events);
        RunStarted begun = (RunStarted) last.get(0);
        Instant to = last.get(last.size() - 1).at();
        Map<StepId, Text> titles = new HashMap<>();
        for (PlannedStep step : begun.steps()) {
            titles.put(step.id(), step.title());
        }
        Map<StepId, Bar> bars = new LinkedHashMap<>();
        for (RunEvent event : last) {
            if (event instanceof StepStarted started) {
                Text title = Objects.requireNonNull(titles.get(started.step()), "a step that runs is planned");
                bars.put(started.step(), new Bar(started.step(), title, started.at(), to, End.OPEN));
            } else if (event instanceof StepEnd end && !(event instanceof StepBlocked)) {
                bars.computeIfPresent(
                        end.step(), (id, bar) -> new Bar(id, bar.title(), bar.from(), end.at(), endOf(end)));
            }
        }
        return new Timeline(begun.at(), to, List.copyOf(bars.values()));
    }

    private static End endOf(StepEnd end) {
        if (end instanceof StepFailed) {
            return End.FAILED;
        }
        return end instanceof StepCancelled ? End.CANCELLED : End.SUCCEEDED;
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
