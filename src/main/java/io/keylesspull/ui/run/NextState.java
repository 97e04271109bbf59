package io.keylesspull.ui.run;

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
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.RunEvent.StepProgress;
import io.keylesspull.engine.event.RunEvent.StepStarted;
import io.keylesspull.engine.event.RunEvent.StepSucceeded;
import io.keylesspull.engine.event.RunEvent.StepWaiting;
import java.util.Optional;

/**
 * What an event makes of its step's state.
 *
 * @param state before the event
 * @param earlier the state at the end of the attempt before, if there was one
 */
record NextState(StepState state, Optional<StepState> earlier) implements RunEvent.Visitor<StepState> {

    @Override
    public StepState runStarted(RunStarted event) {
        return state;
    }

    @Override
    public StepState stepStarted(StepStarted event) {
        return state.running(event.at());
    }

    @Override
    public StepState stepProgress(StepProgress event) {
        return state.doing(event.doing());
    }

    @Override
    public StepState stepWaiting(StepWaiting event) {
        return state.waiting(
                event.reason(), new StepState.Retry(event.attempt(), event.at().plus(event.next())));
    }

    @Override
    public StepState commandStarted(CommandStarted event) {
        return state;
    }

    @Override
    public StepState commandOutput(CommandOutput event) {
        return state;
    }

    @Override
    public StepState commandEnded(CommandEnded event) {
        return state;
    }

    @Override
    public StepState resourceCreating(ResourceCreating event) {
        return state;
    }

    @Override
    public StepState resourceCreated(ResourceCreated event) {
        return state;
    }

    @Override
    public StepState resourceDeleted(ResourceDeleted event) {
        return state;
    }

    @Override
    public StepState changeBegun(ChangeBegun event) {
        return state;
    }

    @Override
    public StepState changeDone(ChangeDone event) {
        return state;
    }

    @Override
    public StepState changeReverted(ChangeReverted event) {
        return state;
    }

    @Override
    public StepState factEstablished(FactEstablished event) {
        return state;
    }

    @Override
    public StepState stepSucceeded(StepSucceeded event) {
        return earlier.filter(before -> state.status() == StepStatus.PENDING && before.status() == StepStatus.DONE)
                .orElseGet(() -> state.done(event.at(), event.outcome(), event.summary()));
    }

    @Override
    public StepState stepFailed(StepFailed event) {
        return state.failed(event.at(), event.problem());
    }

    @Override
    public StepState stepBlocked(StepBlocked event) {
        return state.blocked(event.at(), event.by());
    }

    @Override
    public StepState stepCancelled(StepCancelled event) {
        return state.cancelled(event.at());
    }

    @Override
    public StepState runEnded(RunEnded event) {
        return state;
    }
}
