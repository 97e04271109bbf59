package io.keylesspull.app;

import io.keylesspull.engine.Problem;
import io.keylesspull.engine.RunEvent;
import io.keylesspull.engine.RunEvent.OutputStream;
import io.keylesspull.engine.StepId;
import io.keylesspull.setup.ProvenMachine;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** For a person: time, machine, step, and what happened, in columns. */
final class TextPrinter implements RunPrinter {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintWriter out;
    private final Texts texts;
    private final ZoneId zone;
    private final LineAssembler lines = new LineAssembler();
    private int machineWidth;
    private int stepWidth;

    /** @param zone of the times shown */
    TextPrinter(PrintWriter out, Texts texts, ZoneId zone) {
        this.out = out;
        this.texts = texts;
        this.zone = zone;
    }

    @Override
    public void event(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            started.steps().forEach(step -> {
                machineWidth = Math.max(machineWidth, step.id().machine().orElse("").length());
                stepWidth = Math.max(stepWidth, step.id().name().length());
            });
            shared(event.at(), text("app.event.started", String.valueOf(started.steps().size())));
        } else if (event instanceof RunEvent.RunEnded ended) {
            shared(event.at(), text("app.event.ended." + EventNames.of(ended.result())));
        } else if (event instanceof RunEvent.CommandOutput output) {
            lines.add(output).forEach(line -> output(event.at(), output.step(), line));
        } else if (event instanceof RunEvent.StepEvent step) {
            if (endsOutput(step)) {
                lines.rest(step.step()).forEach(line -> output(event.at(), step.step(), line));
            }
            step(event.at(), step);
        }
        out.flush();
    }

    private static boolean endsOutput(RunEvent.StepEvent event) {
        return event instanceof RunEvent.CommandEnded || event instanceof RunEvent.StepSucceeded
                || event instanceof RunEvent.StepFailed || event instanceof RunEvent.StepCancelled;
    }

    private void step(Instant at, RunEvent.StepEvent event) {
        StepId step = event.step();
        if (event instanceof RunEvent.StepStarted) {
            line(at, step, text("app.event.stepStarted"));
        } else if (event instanceof RunEvent.StepProgress progress) {
            line(at, step, texts.render(progress.doing()));
        } else if (event instanceof RunEvent.StepWaiting waiting) {
            line(at, step, text("app.event.waiting", waiting.reason(), String.valueOf(waiting.attempt()),
                    seconds(waiting.next()), seconds(waiting.left())));
        } else if (event instanceof RunEvent.CommandStarted command) {
            command.shown().lines().forEach(shown -> line(at, step, "$ " + PlainText.of(shown)));
        } else if (event instanceof RunEvent.CommandEnded ended) {
            if (ended.exitStatus() != 0) {
                line(at, step, text("app.event.exit", String.valueOf(ended.exitStatus())));
            }
        } else if (event instanceof RunEvent.ResourceCreating creating) {
            line(at, step, text("app.event.creating", creating.resourceId()));
        } else if (event instanceof RunEvent.ResourceCreated created) {
            line(at, step, text("app.event.created", created.resourceId()));
        } else if (event instanceof RunEvent.StepSucceeded succeeded) {
            line(at, step, text("app.event.succeeded." + EventNames.of(succeeded.outcome()), succeeded.summary()));
        } else if (event instanceof RunEvent.StepFailed failed) {
            line(at, step, text("app.event.failed", failed.problem().what()));
            line(at, step, texts.render(failed.problem().meaning()));
            line(at, step, texts.render(failed.problem().remedy()));
            failed.problem().details().lines().forEach(detail -> line(at, step, "    " + PlainText.of(detail)));
        } else if (event instanceof RunEvent.StepBlocked blocked) {
            line(at, step, text("app.event.blocked", blocked.by().name()));
        } else if (event instanceof RunEvent.StepCancelled) {
            line(at, step, text("app.event.cancelled"));
        }
    }

    @Override
    public void proven(List<ProvenMachine> machines) {
        machines.forEach(machine -> {
            out.println();
            out.println(machine.name());
            out.println("    " + machine.image());
            out.println("    " + machine.digest());
            out.println("    " + machine.ssh());
            out.println("    " + machine.pullCommand());
        });
        out.println();
        out.println(text("app.proven"));
        out.flush();
    }

    @Override
    public void problem(Problem problem) {
        out.println(texts.render(problem.what()));
        out.println(texts.render(problem.meaning()));
        out.println(texts.render(problem.remedy()));
        problem.details().lines().forEach(line -> out.println("    " + PlainText.of(line)));
        out.flush();
    }

    @Override
    public void cancelled(List<String> resourceIds) {
        out.println(text(resourceIds.isEmpty() ? "app.cancelled.nothing" : "app.cancelled.left"));
        resourceIds.forEach(id -> out.println("    " + id));
        out.flush();
    }

    private void output(Instant at, StepId step, LineAssembler.Line line) {
        line(at, step, (line.stream() == OutputStream.STDERR ? "! " : "  ") + PlainText.of(line.text()));
    }

    private void shared(Instant at, String what) {
        line(at, StepId.shared(""), what);
    }

    private void line(Instant at, StepId step, String what) {
        StringBuilder line = new StringBuilder(CLOCK.format(at.atZone(zone))).append("  ");
        if (machineWidth > 0) {
            padded(line, step.machine().orElse(""), machineWidth);
        }
        padded(line, step.name(), stepWidth);
        out.println(line.append(what.replace("\n", " ")).toString().stripTrailing());
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
