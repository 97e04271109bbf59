package io.keylesspull.engine.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.time.Instant;

/**
 * The fields of a journal's line, by the kind of event. Old journals must stay readable, so these names never change,
 * even if the program's own names do.
 */
final class JournalFields implements RunEvent.Visitor<Void> {

    private final ObjectNode json;
    private final JournalValues values;

    /** @param json receives the fields of the visited event */
    JournalFields(ObjectNode json) {
        this.json = json;
        this.values = new JournalValues(json);
    }

    /** Reads an event. @throws RuntimeException if this version does not know it */
    static RunEvent event(JsonNode json) {
        JournalValues values = new JournalValues(json);
        Instant at = Instant.parse(values.word("at"));
        String type = values.word("event");
        return switch (type) {
            case "RunStarted" -> new RunStarted(at, JournalNames.purpose(values.word("purpose")), values.planned());
            case "RunEnded" -> new RunEnded(at, JournalNames.result(values.word("result")));
            case "StepStarted" -> new StepStarted(at, values.step());
            case "ResourceCreating" -> new ResourceCreating(at, values.step(), values.word("id"));
            case "ResourceCreated" -> new ResourceCreated(at, values.step(), values.word("id"));
            case "ResourceDeleted" -> new ResourceDeleted(at, values.step(), values.word("id"));
            case "ChangeBegun" -> new ChangeBegun(at, values.step(), values.change());
            case "ChangeDone" -> new ChangeDone(at, values.step(), values.change());
            case "ChangeReverted" -> new ChangeReverted(at, values.step(), values.change());
            case "FactEstablished" -> new FactEstablished(at, values.step(), values.word("fact"), values.word("value"));
            case "StepSucceeded" ->
                new StepSucceeded(
                        at, values.step(), JournalNames.outcome(values.word("outcome")), values.text("summary"));
            case "StepFailed" -> new StepFailed(at, values.step(), values.problem());
            case "StepBlocked" -> new StepBlocked(at, values.step(), values.by());
            case "StepCancelled" -> new StepCancelled(at, values.step());
            default -> throw new IllegalArgumentException("no event is called " + type);
        };
    }

    private ObjectNode named(String name) {
        return json.put("event", name);
    }

    private ObjectNode named(String name, StepEvent event) {
        named(name);
        values.putStep(event.step());
        return json;
    }

    private static Void notDurable(RunEvent event) {
        throw new IllegalArgumentException("not for a journal: " + event);
    }

    @Override
    public Void runStarted(RunStarted event) {
        named("RunStarted").put("purpose", JournalNames.of(event.purpose()));
        values.putPlanned(event.steps());
        return null;
    }

    @Override
    public Void runEnded(RunEnded event) {
        named("RunEnded").put("result", JournalNames.of(event.result()));
        return null;
    }

    @Override
    public Void stepStarted(StepStarted event) {
        named("StepStarted", event);
        return null;
    }

    @Override
    public Void resourceCreating(ResourceCreating event) {
        named("ResourceCreating", event).put("id", event.resourceId());
        return null;
    }

    @Override
    public Void resourceCreated(ResourceCreated event) {
        named("ResourceCreated", event).put("id", event.resourceId());
        return null;
    }

    @Override
    public Void resourceDeleted(ResourceDeleted event) {
        named("ResourceDeleted", event).put("id", event.resourceId());
        return null;
    }

    @Override
    public Void changeBegun(ChangeBegun event) {
        named("ChangeBegun", event);
        values.putChange(event.change());
        return null;
    }

    @Override
    public Void changeDone(ChangeDone event) {
        named("ChangeDone", event);
        values.putChange(event.change());
        return null;
    }

    @Override
    public Void changeReverted(ChangeReverted event) {
        named("ChangeReverted", event);
        values.putChange(event.change());
        return null;
    }

    @Override
    public Void factEstablished(FactEstablished event) {
        named("FactEstablished", event).put("fact", event.fact()).put("value", event.value());
        return null;
    }

    @Override
    public Void stepSucceeded(StepSucceeded event) {
        named("StepSucceeded", event).put("outcome", JournalNames.of(event.outcome()));
        values.putText("summary", event.summary());
        return null;
    }

    @Override
    public Void stepFailed(StepFailed event) {
        named("StepFailed", event);
        values.putProblem(event.problem());
        return null;
    }

    @Override
    public Void stepBlocked(StepBlocked event) {
        named("StepBlocked", event);
        values.putBy(event.by());
        return null;
    }

    @Override
    public Void stepCancelled(StepCancelled event) {
        named("StepCancelled", event);
        return null;
    }

    @Override
    public Void stepProgress(StepProgress event) {
        return notDurable(event);
    }

    @Override
    public Void stepWaiting(StepWaiting event) {
        return notDurable(event);
    }

    @Override
    public Void commandStarted(CommandStarted event) {
        return notDurable(event);
    }

    @Override
    public Void commandOutput(CommandOutput event) {
        return notDurable(event);
    }

    @Override
    public Void commandEnded(CommandEnded event) {
        return notDurable(event);
    }
}
