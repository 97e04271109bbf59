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

/** What the log says of an event, in the program's own words. Output is not among them. Not thread-safe. */
final class LogWords implements RunEvent.Visitor<List<LogWords.Said>> {

    /** @param text may have several lines, or none at all; not made visible yet */
    record Said(LogKind kind, String text) {
    }

    private final Texts texts;
    private final Function<StepId, String> titles;
    private Purpose purpose = Purpose.SETUP;

    /** @param titles of steps, as they are shown */
    LogWords(Texts texts, Function<StepId, String> titles) {
        this.texts = texts;
        this.titles = titles;
    }

    private static List<Said> said(LogKind kind, String text) {
        return List.of(new Said(kind, text));
    }

    private String title(StepEvent event) {
        return titles.apply(event.step());
    }

    @Override
    public List<Said> runStarted(RunStarted event) {
        purpose = event.purpose();
        return said(LogKind.RUN, texts.render("ui.log.begun." + event.purpose(), event.steps().size()));
    }

    @Override
    public List<Said> stepStarted(StepStarted event) {
        return said(LogKind.STEP, title(event));
    }

    @Override
    public List<Said> stepProgress(StepProgress event) {
        return said(LogKind.STEP, texts.render(event.doing()));
    }

    @Override
    public List<Said> stepWaiting(StepWaiting event) {
        return said(LogKind.WAIT, texts.render("ui.log.waiting", event.reason(), event.attempt(),
                Math.max(1, Math.round(event.next().toMillis() / 1000.0))));
    }

    @Override
    public List<Said> commandStarted(CommandStarted event) {
        return said(LogKind.COMMAND, event.shown());
    }

    @Override
    public List<Said> commandOutput(CommandOutput event) {
        return List.of();
    }

    @Override
    public List<Said> commandEnded(CommandEnded event) {
        return event.exitStatus() == 0 ? List.of()
                : said(LogKind.EXIT, texts.render("ui.log.exit", String.valueOf(event.exitStatus())));
    }

    @Override
    public List<Said> resourceCreating(ResourceCreating event) {
        return said(LogKind.NOTE, texts.render("ui.log.creating", event.resourceId()));
    }

    @Override
    public List<Said> resourceCreated(ResourceCreated event) {
        return said(LogKind.NOTE, texts.render("ui.log.created", event.resourceId()));
    }

    @Override
    public List<Said> resourceDeleted(ResourceDeleted event) {
        return said(LogKind.NOTE, texts.render("ui.log.deleted", event.resourceId()));
    }

    @Override
    public List<Said> changeBegun(ChangeBegun event) {
        return List.of();
    }

    @Override
    public List<Said> changeDone(ChangeDone event) {
        return List.of();
    }

    @Override
    public List<Said> changeReverted(ChangeReverted event) {
        return List.of();
    }

    @Override
    public List<Said> factEstablished(FactEstablished event) {
        return said(LogKind.NOTE, event.fact() + " = " + event.value());
    }

    @Override
    public List<Said> stepSucceeded(StepSucceeded event) {
        return said(LogKind.DONE, texts.render("ui.log.done", title(event), event.summary()));
    }

    @Override
    public List<Said> stepFailed(StepFailed event) {
        return List.of(new Said(LogKind.FAILED, texts.render("ui.log.failed", title(event), event.problem().what())),
                new Said(LogKind.FAILED, event.problem().details()));
    }

    @Override
    public List<Said> stepBlocked(StepBlocked event) {
        return said(LogKind.NOTE, texts.render("ui.log.blocked", title(event), titles.apply(event.by())));
    }

    @Override
    public List<Said> stepCancelled(StepCancelled event) {
        return said(LogKind.NOTE, texts.render("ui.log.cancelled", title(event)));
    }

    @Override
    public List<Said> runEnded(RunEnded event) {
        return said(LogKind.RUN, texts.render("ui.log.ended." + purpose + "." + event.result()));
    }
}
