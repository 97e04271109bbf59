package io.keylesspull.setup.log;

import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunStarted;
import io.keylesspull.engine.event.RunEvent.StepBlocked;
import io.keylesspull.engine.event.RunEvent.StepCancelled;
import io.keylesspull.engine.event.RunEvent.StepEnd;
import io.keylesspull.engine.event.RunEvent.StepEvent;
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.RunEvent.StepSucceeded;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Alike;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a run with many targets is: for each step that many of them have, how many have done it. Said when all have,
 * and now and then before. Not thread-safe.
 */
final class TargetCounts {

    /** Between two times that it is said, if it has changed, and if it has not. */
    private static final Duration CHANGED = Duration.ofSeconds(10);

    private static final Duration UNCHANGED = Duration.ofSeconds(30);

    /** Of one step. */
    private static final class Count {

        private int of;
        private boolean begun;
        private boolean said;
        private int done;
        private int failed;
        private int blocked;
        private int cancelled;

        boolean isComplete() {
            return done + failed + blocked + cancelled == of;
        }

        void add(StepEvent event) {
            begun = true;
            if (event instanceof StepSucceeded) {
                done++;
            } else if (event instanceof StepFailed) {
                failed++;
            } else if (event instanceof StepBlocked) {
                blocked++;
            } else if (event instanceof StepCancelled) {
                cancelled++;
            }
        }

        Text words() {
            Text words = Text.of("setup.event.targets", String.valueOf(done), String.valueOf(of));
            words = more(words, "failed", failed);
            words = more(words, "blocked", blocked);
            return more(words, "cancelled", cancelled);
        }

        private static Text more(Text words, String what, int many) {
            return many == 0 ? words : Text.of("setup.event.targets." + what, words, String.valueOf(many));
        }
    }

    private final Map<String, Count> counts = new LinkedHashMap<>();
    private Instant said = Instant.MIN;
    private boolean changed;

    /** @param many whether there is anything to count */
    void begin(RunStarted event, boolean many) {
        counts.clear();
        said = event.at();
        changed = false;
        if (many) {
            event.steps().stream()
                    .map(RunEvent.PlannedStep::id)
                    .filter(step -> step.machine().isPresent())
                    .forEach(step -> counts.computeIfAbsent(step.name(), any -> new Count()).of++);
            counts.values().removeIf(count -> count.of <= Alike.FEW);
        }
    }

    /** Whether a step is counted, with those of other targets. */
    boolean counts(StepId step) {
        return step.machine().isPresent() && counts.containsKey(step.name());
    }

    /** What is to be said after an event. @return by the names of steps */
    Map<String, Text> after(StepEvent event) {
        Map<String, Text> due = new LinkedHashMap<>();
        Count count = counts.get(event.step().name());
        if (count != null && counts(event.step())) {
            count.add(event);
            changed |= event instanceof StepEnd;
            if (count.isComplete() && !count.said) {
                count.said = true;
                due.put(event.step().name(), count.words());
            }
        }
        // When a run is cancelled, the end is near.
        if (!(event instanceof StepCancelled) && !event.at().isBefore(said.plus(changed ? CHANGED : UNCHANGED))) {
            said = event.at();
            changed = false;
            counts.forEach((step, some) -> {
                if (some.begun && !some.isComplete()) {
                    due.put(step, some.words());
                }
            });
        }
        return due;
    }
}
