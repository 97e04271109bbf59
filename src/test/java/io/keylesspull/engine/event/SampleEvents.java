package io.keylesspull.engine.event;

import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.text.Text;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** One event of each kind that there is, made by what its record is made of: a new kind is among them by itself. */
public final class SampleEvents {

    private static final StepId STEP = StepId.on("vm1", "docker");
    private static final Text WORDS = Text.of("engine.doneBefore");

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(Instant.class, Instant.parse("2026-01-02T03:04:05.678Z")),
            Map.entry(StepId.class, STEP),
            Map.entry(Text.class, WORDS),
            Map.entry(String.class, "word"),
            Map.entry(int.class, 4),
            Map.entry(Duration.class, Duration.ofSeconds(20)),
            Map.entry(OutputStream.class, OutputStream.STDERR),
            Map.entry(Purpose.class, Purpose.UNDO),
            Map.entry(RunResult.class, RunResult.CANCELLED),
            Map.entry(Outcome.class, Outcome.CREATED),
            Map.entry(Change.class, new Change("package", "docker.io")),
            Map.entry(Problem.class, new Problem(WORDS, WORDS, WORDS, "details")));

    private SampleEvents() {}

    public static List<RunEvent> ofEachKind() {
        return kinds(RunEvent.class).distinct().map(SampleEvents::sample).toList();
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SampleEvents::kinds)
                : Stream.of(type);
    }

    private static RunEvent sample(Class<?> kind) {
        RecordComponent[] parts = kind.getRecordComponents();
        try {
            return (RunEvent) kind.getDeclaredConstructor(
                            Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new))
                    .newInstance(Arrays.stream(parts)
                            .map(part -> value(part.getName(), part.getType()))
                            .toArray());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(kind + " could not be made", e);
        }
    }

    private static Object value(String name, Class<?> type) {
        if (name.equals("steps")) {
            return List.of(new RunEvent.PlannedStep(STEP, WORDS, Set.of()));
        }
        if (type == List.class) {
            return List.of();
        }
        if (!VALUES.containsKey(type)) {
            throw new AssertionError("no sample of " + type + " for " + name);
        }
        return VALUES.get(type);
    }
}
