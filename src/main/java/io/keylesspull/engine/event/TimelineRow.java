package io.keylesspull.engine.event;

import io.keylesspull.engine.event.Timeline.Bar;
import io.keylesspull.engine.event.Timeline.End;
import io.keylesspull.engine.event.Timeline.Pending;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A row of a timeline as it is drawn: a step; a target with all of its steps; or a step of many targets.
 *
 * @param target whose row it is; empty for what all targets share
 * @param title of the step; empty if the row is a target's
 * @param targets how many targets it stands for; 0 for what all share
 * @param bars in the order in which they began; none if nothing of it has begun
 * @param failed how many of its steps failed
 * @param by the title of the step that it waits for, if it has not begun and that is known
 */
public record TimelineRow(
        Optional<String> target, Optional<Text> title, int targets, List<Bar> bars, int failed, Optional<Text> by) {

    /** Of up to so many targets, each step has a row. */
    static final int STEPS = 10;

    /** Of up to so many, each target has a row; of more, each kind of step. */
    static final int SINGLE = 50;

    public TimelineRow {
        bars = List.copyOf(bars);
    }

    /** Shared steps first, then target by target; grouped so that there are no more than can be looked through. */
    public static List<TimelineRow> of(Timeline timeline) {
        long targets = Stream.concat(
                        timeline.bars().stream().map(Bar::step),
                        timeline.pending().stream().map(Pending::step))
                .flatMap(step -> step.machine().stream())
                .distinct()
                .count();
        Map<Object, List<Bar>> bars = new LinkedHashMap<>();
        Map<Object, List<Pending>> pending = new LinkedHashMap<>();
        List<Object> keys = new ArrayList<>();
        for (Bar bar : timeline.bars()) {
            bars.computeIfAbsent(key(bar.step(), targets, keys), key -> new ArrayList<>())
                    .add(bar);
        }
        for (Pending step : timeline.pending()) {
            pending.computeIfAbsent(key(step.step(), targets, keys), key -> new ArrayList<>())
                    .add(step);
        }
        List<TimelineRow> rows = new ArrayList<>();
        keys.stream()
                .distinct()
                .forEach(key -> rows.add(
                        row(bars.getOrDefault(key, List.of()), pending.getOrDefault(key, List.of()), targets)));
        return targets > SINGLE ? rows : byTarget(rows);
    }

    private static List<TimelineRow> byTarget(List<TimelineRow> rows) {
        Map<Optional<String>, List<TimelineRow>> groups = new LinkedHashMap<>();
        groups.put(Optional.empty(), new ArrayList<>());
        rows.forEach(row -> groups.computeIfAbsent(row.target(), target -> new ArrayList<>())
                .add(row));
        return groups.values().stream().flatMap(List::stream).toList();
    }

    /** What the step has its row in common with. */
    private static Object key(StepId step, long targets, List<Object> keys) {
        Object key =
                step.machine().isEmpty() || targets <= STEPS ? step : targets <= SINGLE ? step.machine() : step.name();
        keys.add(key);
        return key;
    }

    private static TimelineRow row(List<Bar> bars, List<Pending> pending, long targets) {
        StepId first = bars.isEmpty() ? pending.get(0).step() : bars.get(0).step();
        Text title = bars.isEmpty() ? pending.get(0).title() : bars.get(0).title();
        int failed = (int) bars.stream().filter(bar -> bar.end() == End.FAILED).count();
        Optional<Text> by = bars.isEmpty() ? pending.get(0).by() : Optional.empty();
        if (first.machine().isEmpty() || targets <= STEPS) {
            return new TimelineRow(
                    first.machine(), Optional.of(title), first.machine().isPresent() ? 1 : 0, bars, failed, by);
        }
        if (targets <= SINGLE) {
            return new TimelineRow(first.machine(), Optional.empty(), 1, bars, failed, by);
        }
        return new TimelineRow(
                Optional.empty(),
                Optional.of(title),
                bars.size() + pending.size(),
                bars.isEmpty() ? List.of() : List.of(together(bars)),
                failed,
                by);
    }

    /** One bar from the first beginning to the last end. It is open while one of them is. */
    private static Bar together(List<Bar> bars) {
        Bar first = bars.get(0);
        return new Bar(first.step(), first.title(), first.from(), last(bars), end(bars));
    }

    private static Instant last(List<Bar> bars) {
        return bars.stream().map(Bar::to).max(Instant::compareTo).orElseThrow();
    }

    private static End end(List<Bar> bars) {
        for (End bad : List.of(End.OPEN, End.FAILED, End.CANCELLED)) {
            if (bars.stream().anyMatch(bar -> bar.end() == bad)) {
                return bad;
            }
        }
        return End.SUCCEEDED;
    }

    /** When it began; empty if nothing of it has. */
    public Optional<Instant> from() {
        return bars.stream().findFirst().map(Bar::from);
    }

    /** From the beginning of its first bar to the end of its last one. */
    public Duration lasted() {
        return from().map(begin -> Duration.between(begin, last(bars))).orElse(Duration.ZERO);
    }

    /** How it ended; open if it has not begun. */
    public End end() {
        return bars.isEmpty() ? End.OPEN : end(bars);
    }
}
