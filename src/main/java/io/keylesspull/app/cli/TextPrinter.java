package io.keylesspull.app.cli;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.setup.cost.CostEstimate;
import io.keylesspull.setup.cost.CostWords;
import io.keylesspull.setup.log.EventLines;
import io.keylesspull.setup.plan.LeftBehind;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.plan.Together;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.report.TargetEnd;
import io.keylesspull.setup.request.Violation;
import io.keylesspull.setup.session.ProvenCluster;
import io.keylesspull.setup.session.ProvenMachine;
import io.keylesspull.setup.session.ProvenScaleSet;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.Script;
import io.keylesspull.text.Alike;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints text for people. */
final class TextPrinter implements RunPrinter {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintWriter out;
    private final PrintWriter err;
    private final Texts texts;
    private final EventLines events;
    private final boolean practice;
    private final String again;

    /**
     * @param err for problems
     * @param zone the time zone of the times shown
     * @param practice whether the runs are in the practice cloud
     * @param again the options with which the program reaches the same runs and machines, and a blank; may be empty
     */
    TextPrinter(PrintWriter out, PrintWriter err, Texts texts, ZoneId zone, boolean practice, String again) {
        this.out = out;
        this.err = err;
        this.texts = texts;
        this.practice = practice;
        this.again = again;
        this.events = new EventLines(texts, CLOCK.withZone(zone));
    }

    @Override
    public void invalid(Path file, List<Violation> violations) {
        err.println(text("app.misused", file.toString()));
        violations.forEach(violation -> err.println(line(violation)));
        err.flush();
    }

    private String line(Violation violation) {
        String rule = texts.render(violation.rule());
        if (violation.path().isEmpty()) {
            return rule;
        }
        String value = violation.value().isEmpty() ? text("app.value.none") : Visible.inSentence(violation.value());
        return Visible.inSentence(violation.path()) + ": " + value + " \u2014 " + rule;
    }

    @Override
    public void event(RunEvent event) {
        events.brief(event).forEach(out::println);
        out.flush();
    }

    @Override
    public void notice(Text text) {
        print(err, texts.render(text));
        err.flush();
    }

    @Override
    public void proven(List<ProvenMachine> machines, List<ProvenCluster> clusters, Optional<ProvenScaleSet> scaleSet) {
        if (machines.size() > EventLines.MANY) {
            provenTogether(machines);
        } else {
            machines.forEach(this::proven);
        }
        clusters.forEach(cluster -> {
            out.println();
            print(out, cluster.name());
            print(out, "    " + cluster.image());
            print(out, "    " + cluster.digest());
            print(out, "    " + text("app.proven.pools", String.join(", ", cluster.pools())));
        });
        scaleSet.ifPresent(set -> {
            out.println();
            print(out, set.name());
            print(out, "    " + set.image());
            print(out, "    " + set.digest());
            print(out, "    " + text("app.proven.instances", String.valueOf(set.instances())));
            if (set.isSample()) {
                print(
                        out,
                        "    "
                                + text(
                                        "app.proven.sample",
                                        String.valueOf(set.asked()),
                                        String.valueOf(set.instances())));
            }
        });
        out.println();
        practiceEnds();
        out.println(text("app.proven"));
        out.flush();
    }

    private void proven(ProvenMachine machine) {
        out.println();
        print(out, machine.name());
        print(out, "    " + machine.image());
        print(out, "    " + machine.digest());
        print(out, "    " + text("app.proven.way", machine.way()));
        print(out, "    " + machine.ssh());
        machine.sshNotes().forEach(note -> print(out, "    # " + texts.render(note)));
        print(out, "    " + machine.pullCommand());
    }

    /** Those with the same digest in one. */
    private void provenTogether(List<ProvenMachine> machines) {
        Map<List<String>, List<String>> names = machines.stream()
                .collect(Collectors.groupingBy(
                        machine -> List.of(machine.image(), machine.digest(), machine.pullCommand()),
                        LinkedHashMap::new,
                        Collectors.mapping(ProvenMachine::name, Collectors.toList())));
        names.forEach((pulled, same) -> {
            out.println();
            print(
                    out,
                    text("setup.undo.machines", String.valueOf(same.size()), same.get(0), same.get(same.size() - 1)));
            pulled.forEach(line -> print(out, "    " + line));
        });
        out.println();
        print(out, text("app.proven.ways"));
    }

    @Override
    public void changes(List<Review.Entry> changes) {
        out.println(text("app.plan.changes"));
        labelled(changes.stream()
                .map(Review.Entry::preview)
                .map(change -> new Labelled(Text.of("app.plan.change." + EventNames.of(change.kind())), change.what()))
                .toList());
        out.println();
        out.flush();
    }

    @Override
    public void checks(List<Check> checks) {
        out.println(text("app.checks"));
        labelled(checks.stream()
                .map(check -> new Labelled(Text.of("app.check." + EventNames.of(check.verdict())), check.what()))
                .toList());
        out.println();
        out.flush();
        // What several checks have in common is said once, below the names of all of them.
        Map<List<String>, List<Check>> byProblem = checks.stream()
                .filter(check -> check.problem().isPresent())
                .collect(Collectors.groupingBy(this::advice, LinkedHashMap::new, Collectors.toList()));
        byProblem.values().forEach(same -> {
            PrintWriter to = same.stream().anyMatch(Check::isBad) ? err : out;
            boolean one = same.stream().map(this::what).distinct().count() == 1;
            Alike.groups(same, TextPrinter::alike).forEach(alike -> {
                print(
                        to,
                        text(
                                "app.check.about",
                                Together.one(alike.stream().map(Check::what).toList()),
                                text("app.check." + EventNames.of(alike.get(0).verdict()))));
                if (!one) {
                    print(to, what(alike.get(0)));
                    details(to, alike.get(0).problem().orElseThrow());
                }
            });
            Problem problem = same.get(0).problem().orElseThrow();
            if (one) {
                problem(to, problem);
            } else {
                advice(to, problem);
            }
            to.println();
        });
        out.flush();
        err.flush();
    }

    @Override
    public void cost(CostEstimate estimate, boolean practice) {
        if (estimate.lines().isEmpty()) {
            return;
        }
        CostWords words = new CostWords(texts, estimate.currency());
        out.println(text("app.plan.cost"));
        listed(estimate.lines().stream()
                .map(line -> List.of(words.what(line), words.price(line)))
                .toList());
        print(out, "    " + words.total(estimate));
        print(out, "    " + words.source(estimate, practice));
        out.println();
        out.flush();
    }

    /** What those have in common that are named in one line: all but what their texts are about. */
    private static Text alike(Check check) {
        Problem problem = check.problem().orElseThrow();
        return Text.of(check.verdict() + problem.details(), check.what(), problem.what());
    }

    private String what(Check check) {
        return texts.render(check.problem().orElseThrow().what());
    }

    /** What is to be done about it, which several checks may have in common, each with a subject of its own. */
    private List<String> advice(Check check) {
        Problem problem = check.problem().orElseThrow();
        return List.of(
                texts.render(problem.meaning()),
                texts.render(problem.remedyWithCode()),
                problem.command().orElse(""));
    }

    private record Labelled(Text label, Text what) {}

    private void labelled(List<Labelled> rows) {
        listed(Alike.groups(rows, row -> Text.of(row.label().key(), row.what())).stream()
                .map(same -> List.of(
                        texts.render(same.get(0).label()),
                        texts.render(
                                Together.one(same.stream().map(Labelled::what).toList()))))
                .toList());
    }

    private void listed(List<List<String>> rows) {
        int width = rows.stream().mapToInt(row -> columns(row.get(0))).max().orElse(0);
        rows.forEach(row -> print(out, "    " + row.get(0) + " ".repeat(width - columns(row.get(0)) + 2) + row.get(1)));
    }

    /** How wide a terminal shows it: Han and kana take two columns each. */
    private static int columns(String word) {
        return word.codePoints()
                .map(c -> c >= 0x1100 && Character.isIdeographic(c)
                                || c >= 0x3000 && c <= 0x30FF
                                || c >= 0xFF01 && c <= 0xFF60
                        ? 2
                        : 1)
                .sum();
    }

    @Override
    public void commands(List<Script.Line> commands) {
        out.println(text("app.plan.commands"));
        out.println();
        commands.forEach(
                command -> Stream.of(command.toString().split("\n", -1)).forEach(line -> print(out, line)));
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
        print(to, texts.render(problem.what()));
        advice(to, problem);
        details(to, problem);
    }

    private void advice(PrintWriter to, Problem problem) {
        print(to, texts.render(problem.meaning()));
        print(to, texts.render(problem.remedyWithCode()));
        problem.command().ifPresent(command -> command.lines().forEach(line -> print(to, line)));
    }

    private static void details(PrintWriter to, Problem problem) {
        problem.details().lines().forEach(line -> print(to, "    " + line));
    }

    @Override
    public void failed(Stopped stopped) {
        left(stopped.purpose(), stopped.left(), "failed");
        ends(stopped.targets());
        howToGoOn(stopped);
    }

    @Override
    public void cancelled(Stopped stopped) {
        left(stopped.purpose(), stopped.left(), "cancelled");
        ends(stopped.targets());
        howToGoOn(stopped);
    }

    private void left(Purpose purpose, LeftBehind left, String how) {
        String key = "app." + EventNames.of(purpose) + "." + how;
        out.println(text(key + (left.isEmpty() ? ".nothing" : isOver(purpose) ? ".wouldBeLeft" : ".left")));
        left.resourcesTogether()
                .forEach(ids ->
                        print(out, "    " + (ids.size() == 1 ? ids.get(0) : texts.render(Together.several(ids)))));
        left.changesTogether().forEach(change -> print(out, "    " + texts.render(change)));
    }

    private boolean isOver(Purpose purpose) {
        return purpose == Purpose.SETUP && practice;
    }

    private void howToGoOn(Stopped stopped) {
        if (isOver(stopped.purpose())) {
            practiceEnds();
        } else if (stopped.purpose() == Purpose.UNDO) {
            command(
                    "",
                    "app.undo.howToGoOn",
                    undo(stopped.run()) + stopped.optionals().options());
        } else {
            command("", "app.setup.howToGoOn", "--resume " + stopped.run());
            command("", "app.setup.howToTakeBack", undo(stopped.run()));
        }
        out.flush();
    }

    private static String undo(String run) {
        return "--undo " + run;
    }

    /** Prints what a command does, and the command in a line of its own, as it can be copied. */
    private void command(String indent, String what, String options) {
        print(out, indent + text(what));
        print(out, indent + "    " + CommandLineOptions.NAME + " " + again + options);
    }

    /** Targets of which the same is to be said together, where the first of them stands. */
    private void ends(List<TargetEnd> targets) {
        if (targets.isEmpty()) {
            return;
        }
        if (targets.stream().allMatch(TargetEnd.Unproven.class::isInstance)) {
            out.println(text("app.targets.none", targets.size()));
            return;
        }
        out.println(text("app.targets"));
        Map<Text, List<TargetEnd>> same = targets.stream()
                .collect(Collectors.groupingBy(TextPrinter::came, LinkedHashMap::new, Collectors.toList()));
        List<Labelled> rows = new ArrayList<>();
        Alike.groups(List.copyOf(same.keySet()), came -> came)
                .forEach(alike -> rows.add(row(
                        alike.stream()
                                .flatMap(came -> same.getOrDefault(came, List.of()).stream())
                                .toList(),
                        Together.one(alike))));
        listed(rows.stream()
                .map(row -> List.of(texts.render(row.label()), texts.render(row.what())))
                .toList());
    }

    private static Labelled row(List<TargetEnd> ends, Text came) {
        String names = ends.stream().map(TargetEnd::target).collect(Collectors.joining(", "));
        Text label = Text.of("app.target." + EventNames.of(ends.get(0)));
        return new Labelled(
                label,
                ends.size() > Alike.FEW
                        ? Text.of("app.target.many", String.valueOf(ends.size()), names, came)
                        : Text.of("app.target.about", names, came));
    }

    private static Text came(TargetEnd end) {
        if (end instanceof TargetEnd.Failed failed) {
            Problem problem = failed.problem();
            return problem.code()
                    .map(code -> Text.of("engine.withCode", problem.what(), code.toString()))
                    .orElse(problem.what());
        }
        if (end instanceof TargetEnd.Proven proven) {
            return proven.pools().isEmpty()
                    ? Text.of("app.target.digest", proven.digest())
                    : Text.of("app.target.pools", proven.digest(), String.join(", ", proven.pools()));
        }
        return Text.of("app.target.stopped");
    }

    private void practiceEnds() {
        if (practice) {
            print(out, text("app.practiceEnds"));
        }
    }

    @Override
    public void runs(List<StoredRun> runs) {
        if (runs.isEmpty()) {
            print(out, text("app.runs.none"));
        }
        for (StoredRun run : runs) {
            boolean deletedOnly = run.state() == StoredRun.State.UNDONE && run.leftSomethingToUndo();
            print(
                    out,
                    text(
                            "app.run",
                            run.id(),
                            Text.of(deletedOnly ? "app.run.undoneLeft" : "app.run." + EventNames.of(run.state())),
                            String.valueOf(run.done()),
                            String.valueOf(run.steps())));
            run.request()
                    .ifPresent(request -> print(
                            out,
                            "    "
                                    + text(
                                            "app.run.about",
                                            names(request.labels()),
                                            request.registry().name())));
            LeftBehind left = LeftBehind.of(run.left());
            count("app.run.left", left.resources());
            count("app.run.leftChanges", left.changes());
            if (deletedOnly && !LeftBehind.changedMachines(run.left()).isEmpty()) {
                command("    ", "app.run.restore", undo(run.id()) + Optionals.ALL.options());
            }
            if (run.cloudEnded()) {
                print(out, "    " + text("app.run.cloudEnded"));
            }
            run.problem().ifPresent(problem -> print(out, "    " + texts.render(problem.what())));
            print(out, "    " + run.folder());
        }
        out.flush();
    }

    private String names(List<String> targets) {
        return targets.size() > Alike.FEW
                ? text("setup.picture.more", targets.get(0), targets.size() - 1)
                : String.join(", ", targets);
    }

    private void count(String key, List<?> left) {
        if (!left.isEmpty()) {
            print(out, "    " + text(key, String.valueOf(left.size())));
        }
    }

    @Override
    public void removed(StoredRun run) {
        print(out, text("app.removed", run.id()));
        out.flush();
    }

    @Override
    public void undoList(UndoList list, Optionals optionals) {
        List<Text> goes = Together.of(list.goes());
        group("app.undo.deletes", goes);
        group(
                switch (optionals) {
                    case ASKED -> "app.undo.asks";
                    case ALL -> "app.undo.asksAll";
                    case NONE -> "app.undo.asksNone";
                },
                list.questions().stream().map(UndoList.Question::what).toList());
        group(
                "app.undo.keeps",
                Together.of(list.stays().stream().map(UndoList.Staying::words).toList()));
        if (list.questions().size() < list.asked().size()
                || goes.size() < list.goes().size()) {
            print(out, text("app.undo.each"));
            out.println();
        }
        out.flush();
    }

    private void group(String heading, List<Text> lines) {
        if (!lines.isEmpty()) {
            print(out, text(heading));
            lines.forEach(line -> print(out, "    " + texts.render(line)));
            out.println();
        }
    }

    @Override
    public void undone(LeftBehind left) {
        String changes = String.valueOf(left.changes().size());
        print(
                out,
                left.isEmpty()
                        ? text("app.undone")
                        : left.resources().isEmpty()
                                ? text("app.undone.left", changes)
                                : text(
                                        "app.undone.leftAlone",
                                        String.valueOf(left.resources().size()),
                                        changes));
        out.flush();
    }

    @Override
    public void nothingToUndo(Text why) {
        print(out, texts.render(why));
        out.flush();
    }

    @Override
    public void notUndone() {
        print(out, text("app.notUndone"));
        out.flush();
    }

    @Override
    public void interrupted() {
        err.println(text("app.interrupted"));
        err.flush();
    }

    /** Prints a line that may hold text from outside the program: it stays one line. */
    private static void print(PrintWriter to, String line) {
        to.println(Visible.of(line));
    }

    private String text(String key, Object... arguments) {
        return texts.render(Text.of(key, arguments));
    }
}
