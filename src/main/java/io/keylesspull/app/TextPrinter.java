package io.keylesspull.app;

import io.keylesspull.engine.Problem;
import io.keylesspull.engine.RunEvent;
import io.keylesspull.engine.RunEvent.OutputStream;
import io.keylesspull.engine.StepId;
import io.keylesspull.setup.AzCommands;
import io.keylesspull.setup.Check;
import io.keylesspull.setup.PlannedChange;
import io.keylesspull.setup.ProvenMachine;
import io.keylesspull.setup.StoredRun;
import io.keylesspull.setup.UndoList;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** For a person: time, machine, step, and what happened, in columns. */
final class TextPrinter implements RunPrinter {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintWriter out;
    private final PrintWriter err;
    private final Texts texts;
    private final ZoneId zone;
    private final LineAssembler lines = new LineAssembler();
    private int machineWidth;
    private int stepWidth;

    /** @param err for what stands in the way @param zone of the times shown */
    TextPrinter(PrintWriter out, PrintWriter err, Texts texts, ZoneId zone) {
        this.out = out;
        this.err = err;
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
        } else if (event instanceof RunEvent.ResourceDeleted deleted) {
            line(at, step, text("app.event.deleted", deleted.resourceId()));
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
    public void changes(List<PlannedChange> changes) {
        out.println(text("app.plan.changes"));
        listed(changes.stream().map(change -> List.of(text("app.plan.change." + EventNames.of(change.kind())),
                texts.render(change.what()))).toList());
        out.println();
        out.flush();
    }

    @Override
    public void checks(List<Check> checks) {
        out.println(text("app.checks"));
        listed(checks.stream().map(check -> List.of(text("app.check." + EventNames.of(check.verdict())),
                texts.render(check.what()))).toList());
        out.println();
        out.flush();
        checks.forEach(check -> check.problem().ifPresent(problem -> {
            PrintWriter to = check.verdict() == Check.Verdict.BAD ? err : out;
            problem(to, problem);
            to.println();
        }));
        out.flush();
        err.flush();
    }

    private void listed(List<List<String>> rows) {
        int width = rows.stream().mapToInt(row -> columns(row.get(0))).max().orElse(0);
        rows.forEach(row -> out.println(
                "    " + row.get(0) + " ".repeat(width - columns(row.get(0)) + 2) + row.get(1)));
    }

    /** How wide a terminal shows it: Han and kana take two columns each. */
    private static int columns(String word) {
        return word.codePoints().map(c -> c >= 0x1100 && Character.isIdeographic(c)
                || c >= 0x3000 && c <= 0x30FF || c >= 0xFF01 && c <= 0xFF60 ? 2 : 1).sum();
    }

    @Override
    public void commands(List<AzCommands.Line> commands) {
        out.println(text("app.plan.commands"));
        out.println();
        commands.forEach(out::println);
        out.flush();
    }

    @Override
    public void refused() {
        err.println(text("app.checks.bad"));
        err.flush();
    }

    @Override
    public void problem(Problem problem) {
        problem(err, problem);
        err.flush();
    }

    private void problem(PrintWriter to, Problem problem) {
        to.println(texts.render(problem.what()));
        to.println(texts.render(problem.meaning()));
        to.println(texts.render(problem.remedy()));
        problem.details().lines().forEach(line -> to.println("    " + PlainText.of(line)));
    }

    @Override
    public void failed(String run, List<String> resourceIds) {
        left(run, resourceIds, "app.failed");
    }

    @Override
    public void cancelled(String run, List<String> resourceIds) {
        left(run, resourceIds, "app.cancelled");
    }

    private void left(String run, List<String> resourceIds, String key) {
        out.println(text(key + (resourceIds.isEmpty() ? ".nothing" : ".left")));
        resourceIds.forEach(id -> out.println("    " + id));
        out.println(text("app.howToGoOn", run));
        out.flush();
    }

    @Override
    public void runs(List<StoredRun> runs) {
        if (runs.isEmpty()) {
            out.println(text("app.runs.none"));
        }
        for (StoredRun run : runs) {
            out.println(text("app.run", run.id(), Text.of("app.run." + EventNames.of(run.state())),
                    String.valueOf(run.done()), String.valueOf(run.steps())));
            run.request().ifPresent(request -> out.println("    " + text("app.run.about",
                    request.machines().stream().map(machine -> machine.name()).collect(Collectors.joining(", ")),
                    request.registry().name())));
            int left = run.traces().resources().size();
            if (left > 0) {
                out.println("    " + text("app.run.left", String.valueOf(left)));
            }
            run.problem().ifPresent(problem -> out.println("    " + texts.render(problem.what())));
            out.println("    " + run.folder());
        }
        out.flush();
    }

    @Override
    public void removed(StoredRun run) {
        out.println(text("app.removed", run.id()));
        out.flush();
    }

    @Override
    public void undoList(UndoList list) {
        group("app.undo.deletes", list.goes().stream().map(texts::render).toList());
        group("app.undo.asks", list.asked().stream().map(option -> texts.render(option.what())).toList());
        group("app.undo.keeps", list.stays().stream()
                .map(staying -> texts.render(staying.what()) + " \u2014 " + texts.render(staying.why())).toList());
        out.flush();
    }

    private void group(String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            out.println(text(heading));
            lines.forEach(line -> out.println("    " + PlainText.of(line)));
            out.println();
        }
    }

    @Override
    public void undone() {
        out.println(text("app.undone"));
        out.flush();
    }

    @Override
    public void notUndone() {
        out.println(text("app.notUndone"));
        out.flush();
    }

    @Override
    public void interrupted() {
        err.println(text("app.interrupted"));
        err.flush();
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
