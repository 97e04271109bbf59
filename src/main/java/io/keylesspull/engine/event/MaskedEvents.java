package io.keylesspull.engine.event;

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
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.RunEvent.StepProgress;
import io.keylesspull.engine.event.RunEvent.StepStarted;
import io.keylesspull.engine.event.RunEvent.StepSucceeded;
import io.keylesspull.engine.event.RunEvent.StepWaiting;
import io.keylesspull.text.Redactor;
import io.keylesspull.text.Text;

/**
 * Masks everything in an event that looks like a secret. Every event of a run passes through here on its way to the
 * journal, the log and the screen. Fields that are not masked hold only the names and ids of steps, machines, facts and
 * Azure resources.
 */
final class MaskedEvents implements RunEvent.Visitor<RunEvent> {

    private final Redactor redactor;

    MaskedEvents(Redactor redactor) {
        this.redactor = redactor;
    }

    RunEvent of(RunEvent event) {
        return event.accept(this);
    }

    private Change of(Change change) {
        return new Change(change.kind(), redactor.mask(change.subject()));
    }

    private Problem of(Problem problem) {
        return new Problem(
                of(problem.what()), of(problem.meaning()), of(problem.remedy()), redactor.mask(problem.details()));
    }

    private Text of(Text text) {
        return new Text(
                text.key(), text.arguments().stream().map(this::ofArgument).toList());
    }

    private Object ofArgument(Object argument) {
        return argument instanceof Text nested
                ? of(nested)
                : argument instanceof String words ? redactor.mask(words) : argument;
    }

    @Override
    public RunEvent runStarted(RunStarted event) {
        return event;
    }

    @Override
    public RunEvent stepStarted(StepStarted event) {
        return event;
    }

    @Override
    public RunEvent stepProgress(StepProgress event) {
        return new StepProgress(event.at(), event.step(), of(event.doing()));
    }

    @Override
    public RunEvent stepWaiting(StepWaiting event) {
        return new StepWaiting(
                event.at(), event.step(), of(event.reason()), event.attempt(), event.next(), event.left());
    }

    @Override
    public RunEvent commandStarted(CommandStarted event) {
        return new CommandStarted(event.at(), event.step(), redactor.mask(event.shown()));
    }

    /** Already masked as a stream, because a secret can be split between two chunks. */
    @Override
    public RunEvent commandOutput(CommandOutput event) {
        return event;
    }

    @Override
    public RunEvent commandEnded(CommandEnded event) {
        return event;
    }

    @Override
    public RunEvent resourceCreating(ResourceCreating event) {
        return event;
    }

    @Override
    public RunEvent resourceCreated(ResourceCreated event) {
        return event;
    }

    @Override
    public RunEvent resourceDeleted(ResourceDeleted event) {
        return event;
    }

    @Override
    public RunEvent changeBegun(ChangeBegun event) {
        return new ChangeBegun(event.at(), event.step(), of(event.change()));
    }

    @Override
    public RunEvent changeDone(ChangeDone event) {
        return new ChangeDone(event.at(), event.step(), of(event.change()));
    }

    @Override
    public RunEvent changeReverted(ChangeReverted event) {
        return new ChangeReverted(event.at(), event.step(), of(event.change()));
    }

    @Override
    public RunEvent factEstablished(FactEstablished event) {
        return new FactEstablished(event.at(), event.step(), event.fact(), redactor.mask(event.value()));
    }

    @Override
    public RunEvent stepSucceeded(StepSucceeded event) {
        return new StepSucceeded(event.at(), event.step(), event.outcome(), of(event.summary()));
    }

    @Override
    public RunEvent stepFailed(StepFailed event) {
        return new StepFailed(event.at(), event.step(), of(event.problem()));
    }

    @Override
    public RunEvent stepBlocked(StepBlocked event) {
        return event;
    }

    @Override
    public RunEvent stepCancelled(StepCancelled event) {
        return event;
    }

    @Override
    public RunEvent runEnded(RunEnded event) {
        return event;
    }
}
