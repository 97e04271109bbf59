package io.keylesspull.setup.log;

import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.RunEvent.StepEvent;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * A run's events as lines for a person: time, machine, step, and what happened, in columns. What comes from elsewhere is
 * made visible, and output is marked, so that it cannot pass for the program's own words. Not for several threads at
 * once.
 */
public final class EventLines {

    private final Texts texts;
    private final DateTimeFormatter clock;
    private final OutputLines output = new OutputLines();
    private final List<String> lines = new ArrayList<>();
    private int machineWidth;
    private int stepWidth;
    private Instant columnsAt = Instant.MIN;
    private StepId columnsOf = StepId.shared("");
    private String columns = "";

    /** @param clock how times are written; with a zone */
    public EventLines(Texts texts, DateTimeFormatter clock) {
        this.texts = texts;
        this.clock = clock;
    }

    /** @return the lines that an event completes: none for many, several for some */
    public List<String> of(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            started.steps().forEach(step -> {
                machineWidth = Math.max(machineWidth, step.id().machine().orElse("").length());
                stepWidth = Math.max(stepWidth, step.id().name().length());
            });
            columnsAt = Instant.MIN;
            shared(event.at(), text("setup.event.started." + started.purpose(),
                    String.valueOf(started.steps().size())));
        } else if (event instanceof RunEvent.RunEnded ended) {
            shared(event.at(), text("setup.event.ended." + ended.result()));
        } else if (event instanceof RunEvent.CommandOutput some) {
            output.add(some).forEach(line -> output(event.at(), some.step(), line));
        } else if (event instanceof StepEvent step) {
            if (endsOutput(step)) {
                output.rest(step.step()).forEach(line -> output(event.at(), step.step(), line));
            }
            step(event.at(), step);
        }
        List<String> completed = List.copyOf(lines);
        lines.clear();
        return completed;
    }

    private static boolean endsOutput(StepEvent event) {
        return event instanceof RunEvent.CommandEnded || event instanceof RunEvent.StepSucceeded
                || event instanceof RunEvent.StepFailed || event instanceof RunEvent.StepCancelled;
    }

    private void step(Instant at, StepEvent event) {
        StepId step = event.step();
        if (event instanceof RunEvent.StepStarted) {
            line(at, step, text("setup.event.stepStarted"));
        } else if (event instanceof RunEvent.StepProgress progress) {
            line(at, step, texts.render(progress.doing()));
        } else if (event instanceof RunEvent.StepWaiting waiting) {
            line(at, step, text("setup.event.waiting", waiting.reason(), String.valueOf(waiting.attempt()),
                    seconds(waiting.next()), seconds(waiting.left())));
        } else if (event instanceof RunEvent.CommandStarted command) {
            command.shown().lines().forEach(shown -> line(at, step, "$ " + shown));
        } else if (event instanceof RunEvent.CommandEnded ended) {
            if (ended.exitStatus() != 0) {
                line(at, step, text("setup.event.exit", String.valueOf(ended.exitStatus())));
            }
        } else if (event instanceof RunEvent.ResourceCreating creating) {
            line(at, step, text("setup.event.creating", creating.resourceId()));
        } else if (event instanceof RunEvent.ResourceCreated created) {
            line(at, step, text("setup.event.created", created.resourceId()));
        } else if (event instanceof RunEvent.ResourceDeleted deleted) {
            line(at, step, text("setup.event.deleted", deleted.resourceId()));
        } else {
            end(at, step, event);
        }
    }

    private void end(Instant at, StepId step, StepEvent event) {
        if (event instanceof RunEvent.StepSucceeded succeeded) {
            line(at, step, text("setup.event.succeeded." + succeeded.outcome(), succeeded.summary()));
        } else if (event instanceof RunEvent.StepFailed failed) {
            line(at, step, text("setup.event.failed", failed.problem().what()));
            line(at, step, texts.render(failed.problem().meaning()));
            line(at, step, texts.render(failed.problem().remedy()));
            failed.problem().details().lines().forEach(detail -> line(at, step, "    " + detail));
        } else if (event instanceof RunEvent.StepBlocked blocked) {
            line(at, step, text("setup.event.blocked", blocked.by().name()));
        } else if (event instanceof RunEvent.StepCancelled) {
            line(at, step, text("setup.event.cancelled"));
        }
    }

    private void output(Instant at, StepId step, OutputLines.Line line) {
        line(at, step, (line.stream() == OutputStream.STDERR ? "! " : "| ") + line.text());
    }

    private void shared(Instant at, String what) {
        line(at, StepId.shared(""), what);
    }

    private void line(Instant at, StepId step, String what) {
        lines.add(columns(at, step).concat(Visible.of(what.stripTrailing())).stripTrailing());
    }

    /** What stands before each line; made once for all lines of an event, of which there may be thousands. */
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
