package io.keylesspull.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.ChangeBegun;
import io.keylesspull.engine.event.RunEvent.ChangeDone;
import io.keylesspull.engine.event.RunEvent.ChangeReverted;
import io.keylesspull.engine.event.RunEvent.CommandEnded;
import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.engine.event.RunEvent.CommandStarted;
import io.keylesspull.engine.event.RunEvent.FactEstablished;
import io.keylesspull.engine.event.RunEvent.ResourceCreated;
import io.keylesspull.engine.event.RunEvent.ResourceCreating;
import io.keylesspull.engine.event.RunEvent.ResourceDeleted;
import io.keylesspull.engine.event.RunEvent.RunEnded;
import io.keylesspull.engine.event.RunEvent.RunStarted;
import io.keylesspull.engine.event.RunEvent.StepBlocked;
import io.keylesspull.engine.event.RunEvent.StepCancelled;
import io.keylesspull.engine.event.RunEvent.StepEvent;
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.RunEvent.StepProgress;
import io.keylesspull.engine.event.RunEvent.StepStarted;
import io.keylesspull.engine.event.RunEvent.StepSucceeded;
import io.keylesspull.engine.event.RunEvent.StepWaiting;
import io.keylesspull.text.Fix;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.time.Duration;

/** A run's events as JSON objects. Other programs read them: names and fields stay as they are. */
final class JsonEvents implements RunEvent.Visitor<ObjectNode> {

    private final Texts texts;

    JsonEvents(Texts texts) {
        this.texts = texts;
    }

    @Override
    public ObjectNode runStarted(RunStarted event) {
        ObjectNode json = object("runStarted", event).put("purpose", EventNames.of(event.purpose()));
        event.steps().forEach(step -> {
            ObjectNode planned = json.withArray("/steps").addObject();
            planned.put("step", step.id().name());
            step.id().machine().ifPresent(machine -> planned.put("machine", machine));
            put(planned, "title", step.title());
        });
        return json;
    }

    @Override
    public ObjectNode stepStarted(StepStarted event) {
        return object("stepStarted", event);
    }

    @Override
    public ObjectNode stepProgress(StepProgress event) {
        return put(object("stepProgress", event), "doing", event.doing());
    }

    @Override
    public ObjectNode stepWaiting(StepWaiting event) {
        return put(object("stepWaiting", event), "reason", event.reason())
                .put("attempt", event.attempt())
                .put("nextSeconds", seconds(event.next()))
                .put("leftSeconds", seconds(event.left()));
    }

    @Override
    public ObjectNode commandStarted(CommandStarted event) {
        return object("commandStarted", event).put("command", event.shown());
    }

    @Override
    public ObjectNode commandOutput(CommandOutput event) {
        return object("commandOutput", event)
                .put("stream", EventNames.of(event.stream()))
                .put("chunk", event.chunk());
    }

    @Override
    public ObjectNode commandEnded(CommandEnded event) {
        return object("commandEnded", event).put("exitStatus", event.exitStatus());
    }

    @Override
    public ObjectNode resourceCreating(ResourceCreating event) {
        return object("resourceCreating", event).put("resourceId", event.resourceId());
    }

    @Override
    public ObjectNode resourceCreated(ResourceCreated event) {
        return object("resourceCreated", event).put("resourceId", event.resourceId());
    }

    @Override
    public ObjectNode resourceDeleted(ResourceDeleted event) {
        return object("resourceDeleted", event).put("resourceId", event.resourceId());
    }

    @Override
    public ObjectNode changeBegun(ChangeBegun event) {
        return put(object("changeBegun", event), event.change());
    }

    @Override
    public ObjectNode changeDone(ChangeDone event) {
        return put(object("changeDone", event), event.change());
    }

    @Override
    public ObjectNode changeReverted(ChangeReverted event) {
        return put(object("changeReverted", event), event.change());
    }

    @Override
    public ObjectNode factEstablished(FactEstablished event) {
        return object("factEstablished", event).put("fact", event.fact()).put("value", event.value());
    }

    @Override
    public ObjectNode stepSucceeded(StepSucceeded event) {
        return put(
                object("stepSucceeded", event).put("outcome", EventNames.of(event.outcome())),
                "summary",
                event.summary());
    }

    @Override
    public ObjectNode stepFailed(StepFailed event) {
        return put(object("stepFailed", event), event.problem());
    }

    @Override
    public ObjectNode stepBlocked(StepBlocked event) {
        ObjectNode json = object("stepBlocked", event).put("by", event.by().name());
        event.by().machine().ifPresent(machine -> json.put("byMachine", machine));
        return json;
    }

    @Override
    public ObjectNode stepCancelled(StepCancelled event) {
        return object("stepCancelled", event);
    }

    @Override
    public ObjectNode runEnded(RunEnded event) {
        return object("runEnded", event).put("result", EventNames.of(event.result()));
    }

    private static ObjectNode object(String type, RunEvent event) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("time", event.at().toString());
    }

    private static ObjectNode object(String type, StepEvent event) {
        ObjectNode json =
                object(type, (RunEvent) event).put("step", event.step().name());
        event.step().machine().ifPresent(machine -> json.put("machine", machine));
        return json;
    }

    private static ObjectNode put(ObjectNode json, Change change) {
        return json.put("change", change.kind()).put("subject", change.subject());
    }

    ObjectNode put(ObjectNode json, Problem problem) {
        problem.code().ifPresent(code -> json.put("code", code.toString()));
        put(json, "what", problem.what());
        put(json, "meaning", problem.meaning());
        put(json, "remedy", problem.remedy());
        problem.fix().ifPresent(fix -> put(json, fix));
        return json.put("details", problem.details());
    }

    private static ObjectNode put(ObjectNode json, Fix fix) {
        return fix instanceof Fix.Commands commands
                ? json.put("command", commands.lines())
                : json.put("noCommand", EventNames.of(((Fix.NoCommand) fix).reason()));
    }

    /** A text with its key beside it. */
    ObjectNode put(ObjectNode json, String name, Text text) {
        return json.put(name, texts.render(text)).put(name + "Key", text.key());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
