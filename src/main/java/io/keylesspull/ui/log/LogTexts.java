package io.keylesspull.ui.log;

import io.keylesspull.engine.event.Purpose;
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
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Texts;
import java.util.List;
import java.util.function.Function;

/** The lines that the log has for an event other than output. Not thread-safe. */
final class LogTexts implements RunEvent.Visitor<List<LogTexts.Entry>> {

    /** @param text may have several lines, or none; may contain invisible characters */
    record Entry(LogKind kind, String text) {}

    private final Texts texts;
    private final Function<StepId, String> titles;
    private Purpose purpose = Purpose.SETUP;

    /** @param titles of steps, as they are shown */
    LogTexts(Texts texts, Function<StepId, String> titles) {
        this.texts = texts;
        this.titles = titles;
    }

    private static List<Entry> entry(LogKind kind, String text) {
        return List.of(new Entry(kind, text));
    }

    private String title(StepEvent event) {
        return titles.apply(event.step());
    }

    @Override
    public List<Entry> runStarted(RunStarted event) {
        purpose = event.purpose();
        return entry(
                LogKind.RUN,
                texts.render("ui.log.begun." + event.purpose(), event.steps().size()));
    }

    @Override
    public List<Entry> stepStarted(StepStarted event) {
        return entry(LogKind.STEP, title(event));
    }

    @Override
    public List<Entry> stepProgress(StepProgress event) {
        return entry(LogKind.STEP, texts.render(event.doing()));
    }

    @Override
    public List<Entry> stepWaiting(StepWaiting event) {
        return entry(
                LogKind.WAIT,
                texts.render(
                        "ui.log.waiting",
                        event.reason(),
                        event.attempt(),
                        Math.max(1, Math.round(event.next().toMillis() / 1000.0))));
    }

    @Override
    public List<Entry> commandStarted(CommandStarted event) {
        return entry(LogKind.COMMAND, event.shown());
    }

    @Override
    public List<Entry> commandOutput(CommandOutput event) {
        return List.of();
    }

    @Override
    public List<Entry> commandEnded(CommandEnded event) {
        return event.exitStatus() == 0
                ? List.of()
                : entry(LogKind.EXIT, texts.render("ui.log.exit", String.valueOf(event.exitStatus())));
    }

    @Override
    public List<Entry> resourceCreating(ResourceCreating event) {
        return entry(LogKind.RESOURCE, texts.render("ui.log.creating", event.resourceId()));
    }

    @Override
    public List<Entry> resourceCreated(ResourceCreated event) {
        return entry(LogKind.RESOURCE, texts.render("ui.log.created", event.resourceId()));
    }

    @Override
    public List<Entry> resourceDeleted(ResourceDeleted event) {
        return entry(LogKind.RESOURCE, texts.render("ui.log.deleted", event.resourceId()));
    }

    @Override
    public List<Entry> changeBegun(ChangeBegun event) {
        return List.of();
    }

    @Override
    public List<Entry> changeDone(ChangeDone event) {
        return List.of();
    }

    @Override
    public List<Entry> changeReverted(ChangeReverted event) {
        return List.of();
    }

    @Override
    public List<Entry> factEstablished(FactEstablished event) {
        // The step's summary says it in words.
        return List.of();
    }

    @Override
    public List<Entry> stepSucceeded(StepSucceeded event) {
        return entry(LogKind.DONE, texts.render("ui.log.done", title(event), event.summary()));
    }

    @Override
    public List<Entry> stepFailed(StepFailed event) {
        return List.of(
                new Entry(
                        LogKind.FAILED,
                        texts.render(
                                "ui.log.failed", title(event), event.problem().what())),
                new Entry(LogKind.FAILED, event.problem().details()));
    }

    @Override
    public List<Entry> stepBlocked(StepBlocked event) {
        return entry(LogKind.NOTE, texts.render("ui.log.blocked", title(event), titles.apply(event.by())));
    }

    @Override
    public List<Entry> stepCancelled(StepCancelled event) {
        return entry(LogKind.NOTE, texts.render("ui.log.cancelled", title(event)));
    }

    @Override
    public List<Entry> runEnded(RunEnded event) {
        return entry(LogKind.RUN, texts.render("ui.log.ended." + purpose + "." + event.result()));
    }
}
