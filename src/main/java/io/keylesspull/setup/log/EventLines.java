package io.keylesspull.setup.log;

import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.ChangeBegun;
import io.keylesspull.engine.event.RunEvent.ChangeDone;
import io.keylesspull.engine.event.RunEvent.ChangeReverted;
import io.keylesspull.engine.event.RunEvent.CommandEnded;
import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.engine.event.RunEvent.CommandStarted;
import io.keylesspull.engine.event.RunEvent.FactEstablished;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.RunEvent.ResourceCreated;
import io.keylesspull.engine.event.RunEvent.ResourceCreating;
import io.keylesspull.engine.event.RunEvent.ResourceDeleted;
import io.keylesspull.engine.event.RunEvent.RunEnded;
import io.keylesspull.engine.event.RunEvent.RunStarted;
import io.keylesspull.engine.event.RunEvent.StepBlocked;
import io.keylesspull.engine.event.RunEvent.StepCancelled;
import io.keylesspull.engine.event.RunEvent.StepEnd;
import io.keylesspull.engine.event.RunEvent.StepEvent;
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.RunEvent.StepProgress;
import io.keylesspull.engine.event.RunEvent.StepStarted;
import io.keylesspull.engine.event.RunEvent.StepSucceeded;
import io.keylesspull.engine.event.RunEvent.StepWaiting;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Alike;
import io.keylesspull.text.TerminalLine;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A run's events as lines of text for people, in columns: time, machine, step, and what happened. Control characters in
 * foreign text are made visible, and output is marked, so that it cannot be mistaken for the program's own text. Not
 * thread-safe.
 */
public final class EventLines implements RunEvent.Visitor<List<String>> {

    /** Of more targets, not everything is shown where there is no room for it. */
    public static final int MANY = 50;

    private static final StepId NO_STEP = StepId.shared("");

    private final Texts texts;
    private final DateTimeFormatter clock;
    private final Set<StepId> deleting = new HashSet<>();
    private final TargetCounts counts = new TargetCounts();
    /** How many targets have failed alike. */
    private final Map<Object, Integer> failures = new HashMap<>();

    private boolean many;
    private int machineWidth;
    private int stepWidth;
    private Instant columnsAt = Instant.MIN;
    private StepId columnsOf = NO_STEP;
    private String columns = "";

    /** @param clock the format of times; has a zone */
    public EventLines(Texts texts, DateTimeFormatter clock) {
        this.texts = texts;
        this.clock = clock;
    }

    /** @return the lines that an event completes: none for many, several for some */
    public List<String> of(RunEvent event) {
        return withCounts(event, event.accept(this));
    }

    /** The same for a screen: of many targets only how far they are and what failed. */
    public List<String> brief(RunEvent event) {
        List<String> lines = event.accept(this);
        if (event instanceof RunStarted started && many) {
            lines = Stream.concat(
                            lines.stream(),
                            Stream.of(text("setup.event.manyTargets", String.valueOf(targets(started)))))
                    .toList();
        } else if (many
                && event instanceof StepEvent step
                && step.step().machine().isPresent()) {
            lines = event instanceof StepFailed failed
                    ? briefly(failed, lines)
                    : event instanceof StepEnd && !counts.counts(step.step()) ? lines : List.of();
        }
        return withCounts(event, lines);
    }

    /** In full once, then in a line, and of very many no more: how many there are is said. */
    private List<String> briefly(StepFailed event, List<String> lines) {
        int before = failures.merge(
                        List.of(event.problem().what().key(), event.problem().code()), 1, Integer::sum)
                - 1;
        return before == 0
                ? lines
                : before < Alike.FEW
                        ? line(event, text("setup.event.failed", event.problem().what()))
                        : List.of();
    }

    private List<String> withCounts(RunEvent event, List<String> lines) {
        if (!many || !(event instanceof StepEvent step)) {
            return lines;
        }
        List<String> all = new ArrayList<>(lines);
        counts.after(step)
                .forEach((name, words) -> all.addAll(line(event.at(), StepId.shared(name), texts.render(words))));
        return all;
    }

    private static long targets(RunStarted event) {
        return event.steps().stream()
                .flatMap(step -> step.id().machine().stream())
                .distinct()
                .count();
    }

    @Override
    public List<String> runStarted(RunStarted event) {
        event.steps().forEach(step -> {
            machineWidth = Math.max(machineWidth, step.id().machine().orElse("").length());
            stepWidth = Math.max(stepWidth, step.id().name().length());
        });
        columnsAt = Instant.MIN;
        deleting.clear();
        failures.clear();
        many = targets(event) > MANY;
        counts.begin(event, many);
        return line(
                event.at(),
                NO_STEP,
                text(
                        "setup.event.started." + event.purpose(),
                        String.valueOf(event.steps().size())));
    }

    @Override
    public List<String> stepStarted(StepStarted event) {
        return line(event, text("setup.event.stepStarted"));
    }

    @Override
    public List<String> stepProgress(StepProgress event) {
        return line(event, texts.render(event.doing()));
    }

    @Override
    public List<String> stepWaiting(StepWaiting event) {
        return line(
                event,
                text(
                        "setup.event.waiting",
                        event.reason(),
                        String.valueOf(event.attempt()),
                        seconds(event.next()),
                        seconds(event.left())));
    }

    @Override
    public List<String> commandStarted(CommandStarted event) {
        return event.shown()
                .lines()
                .map(shown -> line(event, "$ " + shown))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<String> commandOutput(CommandOutput event) {
        String mark = columns(event.at(), event.step()).concat(event.stream() == OutputStream.STDERR ? "!" : "|");
        String before = mark.concat(" ");
        List<String> ended = new ArrayList<>(event.lines().size());
        for (TerminalLine line : event.lines()) {
            // Only whole lines are printed, because a printed line cannot be changed.
            if (line.ended()) {
                ended.add(line.length() == 0 ? mark : before.concat(line.text()));
            }
        }
        return ended;
    }

    @Override
    public List<String> commandEnded(CommandEnded event) {
        return event.exitStatus() == 0
                ? List.of()
                : line(event, text("setup.event.exit", String.valueOf(event.exitStatus())));
    }

    @Override
    public List<String> resourceCreating(ResourceCreating event) {
        return line(event, text("setup.event.creating", event.resourceId()));
    }

    @Override
    public List<String> resourceCreated(ResourceCreated event) {
        return line(event, text("setup.event.created", event.resourceId()));
    }

    @Override
    public List<String> resourceDeleted(ResourceDeleted event) {
        deleting.add(event.step());
        return line(event, text("setup.event.deleted", event.resourceId()));
    }

    @Override
    public List<String> changeBegun(ChangeBegun event) {
        return List.of();
    }

    @Override
    public List<String> changeDone(ChangeDone event) {
        return List.of();
    }

    @Override
    public List<String> changeReverted(ChangeReverted event) {
        return List.of();
    }

    @Override
    public List<String> factEstablished(FactEstablished event) {
        return List.of();
    }

    @Override
    public List<String> stepSucceeded(StepSucceeded event) {
        // The line about the resource itself has said so.
        return event.outcome() == Outcome.DELETED && deleting.contains(event.step())
                ? List.of()
                : line(event, text("setup.event.succeeded." + event.outcome(), event.summary()));
    }

    @Override
    public List<String> stepFailed(StepFailed event) {
        Problem problem = event.problem();
        return Stream.of(
                        Stream.of(
                                text("setup.event.failed", problem.what()),
                                texts.render(problem.meaning()),
                                texts.render(problem.remedyWithCode())),
                        problem.command().stream().flatMap(String::lines),
                        problem.details().lines().map(detail -> "    " + detail))
                .flatMap(lines -> lines)
                .flatMap(line -> line(event, line).stream())
                .toList();
    }

    @Override
    public List<String> stepBlocked(StepBlocked event) {
        return line(event, text("setup.event.blocked", event.by().name()));
    }

    @Override
    public List<String> stepCancelled(StepCancelled event) {
        return line(event, text("setup.event.cancelled"));
    }

    @Override
    public List<String> runEnded(RunEnded event) {
        return line(event.at(), NO_STEP, text("setup.event.ended." + event.result()));
    }

    private List<String> line(StepEvent event, String what) {
        return line(event.at(), event.step(), what);
    }

    private List<String> line(Instant at, StepId step, String what) {
        return List.of(
                columns(at, step).concat(Visible.of(what.stripTrailing())).stripTrailing());
    }

    /** The start of each line; computed once for all lines of an event. */
    private String columns(Instant at, StepId step) {
        if (!at.equals(columnsAt) || !step.equals(columnsOf)) {
            StringBuilder line = new StringBuilder(clock.format(at)).append("  ");
            if (machineWidth > 0) {
                padded(line, step.machine().orElse(""), machineWidth);
            }
            padded(line, step.name(), stepWidth);
            columns = Visible.of(line.toString());
            columnsAt = at;
            columnsOf = step;
        }
        return columns;
    }

    private static void padded(StringBuilder line, String word, int width) {
        line.append(word).append(" ".repeat(Math.max(0, width - word.length()) + 2));
    }

    private static String seconds(Duration duration) {
        return String.valueOf((duration.toMillis() + 999) / 1000);
    }

    private String text(String key, Object... arguments) {
        return texts.render(Text.of(key, arguments));
    }
}
