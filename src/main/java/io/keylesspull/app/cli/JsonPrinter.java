package io.keylesspull.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.setup.cost.CostEstimate;
import io.keylesspull.setup.cost.CostLine;
import io.keylesspull.setup.plan.LeftBehind;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.report.TargetEnd;
import io.keylesspull.setup.request.Violation;
import io.keylesspull.setup.session.ProvenCluster;
import io.keylesspull.setup.session.ProvenMachine;
import io.keylesspull.setup.session.ProvenScaleSet;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints JSON for programs: one object per line. Texts are in English, each with its key beside it. */
final class JsonPrinter implements RunPrinter {

    private final PrintWriter out;
    private final JsonEvents events = new JsonEvents(new Texts(Locale.ENGLISH));

    JsonPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void invalid(Path file, List<Violation> violations) {
        violations.forEach(violation -> {
            ObjectNode json = object("invalid")
                    .put("file", file.toString())
                    .put("path", violation.path())
                    .put("value", violation.value());
            put(json, "rule", violation.rule());
            print(json);
        });
    }

    @Override
    public void event(RunEvent event) {
        // A reader of chunks sees the line ends itself, so an event that only ends a line has nothing new.
        if (!(event instanceof CommandOutput output && output.endsLineOnly())) {
            print(event.accept(events));
        }
    }

    @Override
    public void notice(Text text) {
        ObjectNode json = object("notice");
        put(json, "text", text);
        print(json);
    }

    @Override
    public void proven(List<ProvenMachine> machines, List<ProvenCluster> clusters, Optional<ProvenScaleSet> scaleSet) {
        ObjectNode json = object("proven");
        machines.forEach(machine -> {
            ObjectNode one = json.withArray("/machines")
                    .addObject()
                    .put("machine", machine.name())
                    .put("image", machine.image())
                    .put("digest", machine.digest())
                    .put("ssh", machine.ssh())
                    .put("pullCommand", machine.pullCommand());
            put(one, "way", machine.way());
            ArrayNode notes = one.putArray("sshNotes");
            machine.sshNotes().forEach(note -> put(notes.addObject(), "text", note));
        });
        clusters.forEach(cluster -> {
            ObjectNode one = json.withArray("/clusters")
                    .addObject()
                    .put("cluster", cluster.name())
                    .put("image", cluster.image())
                    .put("digest", cluster.digest());
            cluster.pools().forEach(one.putArray("nodePools")::add);
        });
        scaleSet.ifPresent(set -> json.putObject("scaleSet")
                .put("scaleSet", set.name())
                .put("image", set.image())
                .put("digest", set.digest())
                .put("instances", set.instances())
                .put("asked", set.asked()));
        print(json);
    }

    @Override
    public void problem(Problem problem) {
        ObjectNode json = object("problem");
        put(json, problem);
        print(json);
    }

    @Override
    public void changes(List<Review.Entry> changes) {
        changes.forEach(change -> {
            ObjectNode json = object("plannedChange")
                    .put("kind", kind(change.preview().kind()))
                    .put("step", change.step().name());
            change.step().machine().ifPresent(machine -> json.put("machine", machine));
            put(json, "what", change.preview().what());
            print(json);
        });
    }

    @Override
    public void cost(CostEstimate estimate, boolean practice) {
        for (CostLine line : estimate.lines()) {
            ObjectNode json = object("plannedCost").put("count", line.count());
            put(json, "what", line.what());
            line.each()
                    .ifPresent(price -> json.put("currency", estimate.currency())
                            .put("hourly", price.hourly().multiply(BigDecimal.valueOf(line.count())))
                            .put("monthly", price.monthly().multiply(BigDecimal.valueOf(line.count()))));
            line.remembered().ifPresent(at -> json.put("pricedAt", at.toString()));
            print(json.put("practice", practice));
        }
    }

    /** What programs read stays as it was called first. */
    private static String kind(Preview.Kind kind) {
        return kind == Preview.Kind.KEEP ? "find" : EventNames.of(kind);
    }

    @Override
    public void checks(List<Check> checks) {
        checks.forEach(check -> {
            ObjectNode json = object("check").put("verdict", EventNames.of(check.verdict()));
            put(json, "what", check.what());
            check.problem().ifPresent(problem -> put(json.putObject("problem"), problem));
            print(json);
        });
    }

    @Override
    public void commands(List<Script.Line> commands) {
        commands.forEach(
                line -> print(object(line.comment() ? "comment" : "command").put("text", line.text())));
    }

    @Override
    public void refused() {
        print(object("refused"));
    }

    @Override
    public void failed(Stopped stopped) {
        left("failed", stopped);
    }

    @Override
    public void cancelled(Stopped stopped) {
        left("cancelled", stopped);
    }

    private void left(String type, Stopped stopped) {
        ObjectNode json =
                object(type).put("purpose", EventNames.of(stopped.purpose())).put("run", stopped.run());
        put(json, stopped.left());
        if (stopped.purpose() == Purpose.SETUP) {
            ArrayNode ends = json.putArray("targets");
            stopped.targets().forEach(target -> put(ends.addObject().put("target", target.target()), target));
        }
        print(json);
    }

    private void put(ObjectNode json, TargetEnd end) {
        json.put("end", EventNames.of(end));
        if (end instanceof TargetEnd.Proven proven) {
            json.put("image", proven.image()).put("digest", proven.digest());
            if (!proven.pools().isEmpty()) {
                proven.pools().forEach(json.putArray("nodePools")::add);
            }
        } else if (end instanceof TargetEnd.Failed failed) {
            put(json.putObject("problem"), failed.problem());
        }
    }

    private void put(ObjectNode json, LeftBehind left) {
        left.resources().forEach(json.putArray("left")::add);
        ArrayNode changes = json.putArray("leftChanges");
        left.changes().forEach(change -> put(changes.addObject(), "what", change));
    }

    @Override
    public void interrupted() {
        ObjectNode json = object("cancelled");
        put(json, new LeftBehind(List.of(), List.of(), List.of()));
        print(json);
    }

    @Override
    public void runs(List<StoredRun> runs) {
        for (StoredRun run : runs) {
            ObjectNode json = object("run")
                    .put("id", run.id())
                    .put("folder", run.folder().toString())
                    .put("started", run.started().toString())
                    .put("state", EventNames.of(run.state()))
                    .put("stepsDone", run.done())
                    .put("steps", run.steps());
            // Clusters are among them too, but what programs read stays as it was called first.
            ArrayNode machines = json.putArray("machines");
            run.request().ifPresent(request -> request.labels().forEach(machines::add));
            put(json, LeftBehind.of(run.left()));
            if (run.cloudEnded()) {
                json.put("practiceCloudEnded", true);
            }
            run.problem().ifPresent(problem -> put(json.putObject("problem"), problem));
            print(json);
        }
    }

    @Override
    public void removed(StoredRun run) {
        print(object("removed").put("run", run.id()));
    }

    @Override
    public void undoList(UndoList list, Optionals optionals) {
        list.goes().forEach(what -> {
            ObjectNode json = object("undoDeletes");
            put(json, "what", what);
            print(json);
        });
        list.asked().forEach(option -> {
            ObjectNode json = object("undoAsks").put("machine", option.choice().machine());
            put(json, "what", option.what());
            print(json);
        });
        list.stays().forEach(staying -> {
            ObjectNode json = object("undoKeeps");
            put(json, "what", staying.what());
            put(json, "why", staying.why());
            print(json);
        });
    }

    @Override
    public void undone(LeftBehind left) {
        ObjectNode json = object("undone");
        put(json, left);
        print(json);
    }

    @Override
    public void nothingToUndo(Text why) {
        ObjectNode json = object("undone");
        put(json, "why", why);
        print(json);
    }

    @Override
    public void notUndone() {
        print(object("notUndone"));
    }

    private void put(ObjectNode object, Problem problem) {
        events.put(object, problem);
    }

    private void put(ObjectNode object, String name, Text text) {
        events.put(object, name, text);
    }

    private static ObjectNode object(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private void print(ObjectNode json) {
        out.println(visible(json.toString()));
        out.flush();
    }

    /** Escapes what a terminal might obey or not show. It stands within strings only, since JSON itself is ASCII. */
    private static String visible(String json) {
        StringBuilder escaped = new StringBuilder();
        json.codePoints().forEach(c -> {
            if (Visible.isHidden(c)) {
                for (char half : Character.toChars(c)) {
                    escaped.append(String.format("\\u%04x", (int) half));
                }
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
