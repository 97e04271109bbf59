package io.keylesspull.setup.plan;

import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.PlannedStep;
import io.keylesspull.engine.event.RunEvent.StepSucceeded;
import io.keylesspull.engine.event.Span;
import io.keylesspull.engine.event.StepId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * How long steps take, by their names. The figures for Azure were measured in practice mode at Azure's times
 * ({@code --practice=realistic}), for what has to be made or installed; what this computer's own runs took replaces
 * them.
 */
public final class Durations {

    /** Of a step that nobody has measured. */
    private static final Duration UNKNOWN = Duration.ofSeconds(5);
    /** A step at work that takes longer than expected needs this share of it at least. */
    private static final double REST = 0.1;

    private final Map<String, Duration> byStep;

    private Durations(Map<String, Duration> byStep) {
        this.byStep = Map.copyOf(byStep);
    }

    /** The figures for Azure. */
    public static Durations inAzure() {
        Properties seconds = new Properties();
        try (InputStream file = Durations.class.getResourceAsStream("durations.properties")) {
            seconds.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Durations(seconds.stringPropertyNames().stream()
                .collect(Collectors.toMap(
                        name -> name, name -> Duration.ofSeconds(Long.parseLong(seconds.getProperty(name))))));
    }

    /** The same where everything takes another time. */
    public Durations each(UnaryOperator<Duration> change) {
        return new Durations(byStep.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> change.apply(entry.getValue()))));
    }

    /**
     * The same with what steps took in earlier runs, the middle of all times of a step. What was only found there, and
     * so took no time, does not count.
     *
     * @param runs the events of each
     */
    public Durations measuredIn(List<List<RunEvent>> runs) {
        Map<String, List<Duration>> taken = new HashMap<>();
        for (List<RunEvent> run : runs) {
            for (Span span : Span.of(run)) {
                span.end()
                        .filter(end -> end instanceof StepSucceeded done && done.outcome() != Outcome.FOUND)
                        .ifPresent(end -> taken.computeIfAbsent(span.step().name(), name -> new ArrayList<>())
                                .add(Duration.between(span.from(), end.at())));
            }
        }
        Map<String, Duration> all = new HashMap<>(byStep);
        taken.forEach(
                (name, times) -> all.put(name, times.stream().sorted().toList().get(times.size() / 2)));
        return new Durations(all);
    }

    /** How long a step takes that has everything it needs. */
    public Duration of(StepId step) {
        return byStep.getOrDefault(step.name(), UNKNOWN);
    }

    /** How long a step takes that has been at work for a while. */
    public Duration left(StepId step, Duration elapsed) {
        Duration left = of(step).minus(elapsed);
        Duration least = Duration.ofMillis((long) (of(step).toMillis() * REST));
        return left.compareTo(least) < 0 ? least : left;
    }

    /**
     * How long steps take together, if each begins as soon as those before it have ended.
     *
     * @param steps in an order in which they could run one after another
     * @param each how long one takes
     */
    public static Duration together(List<PlannedStep> steps, Function<StepId, Duration> each) {
        Map<StepId, Duration> ends = new HashMap<>();
        Duration last = Duration.ZERO;
        for (PlannedStep step : steps) {
            Duration begins = step.after().stream()
                    .map(before -> ends.getOrDefault(before, Duration.ZERO))
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
            Duration end = begins.plus(each.apply(step.id()));
            ends.put(step.id(), end);
            last = end.compareTo(last) > 0 ? end : last;
        }
        return last;
    }
}
