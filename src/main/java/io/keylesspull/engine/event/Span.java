package io.keylesspull.engine.event;

import io.keylesspull.engine.event.RunEvent.StepEnd;
import io.keylesspull.engine.event.RunEvent.StepStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From the start of a step to its end. A step that never started has none.
 *
 * @param end how it ended; empty if it runs still, or the program was killed
 */
public record Span(StepId step, Instant from, Optional<StepEnd> end) {

    /** @param events in order, of one or several attempts @return in the order in which the steps began */
    public static List<Span> of(Iterable<RunEvent> events) {
        List<Span> spans = new ArrayList<>();
        Map<StepId, Integer> open = new HashMap<>();
        for (RunEvent event : events) {
            if (event instanceof StepStarted started) {
                open.put(started.step(), spans.size());
                spans.add(new Span(started.step(), started.at(), Optional.empty()));
            } else if (event instanceof StepEnd end) {
                @Nullable Integer place = open.remove(end.step());
                if (place != null) {
                    spans.set(place, new Span(end.step(), spans.get(place).from(), Optional.of(end)));
                }
            }
        }
        return spans;
    }
}
