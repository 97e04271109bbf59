package io.keylesspull.engine.event;

import io.keylesspull.engine.event.RunEvent.ChangeBegun;
import io.keylesspull.engine.event.RunEvent.ChangeDone;
import io.keylesspull.engine.event.RunEvent.ChangeReverted;
import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.engine.event.RunEvent.CommandStarted;
import io.keylesspull.engine.event.RunEvent.FactEstablished;
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.RunEvent.StepProgress;
import io.keylesspull.engine.event.RunEvent.StepSucceeded;
import io.keylesspull.engine.event.RunEvent.StepWaiting;
import io.keylesspull.text.Redactor;
import io.keylesspull.text.Text;

/**
 * Events with whatever looks like a secret masked. All that a run tells passes here, on its way into the journal, the log
 * and onto the screen. Output is masked piece by piece only: where a secret may straddle two pieces, whoever reads the
 * output has to mask it as one stream.
 */
final class MaskedEvents {

    private final Redactor redactor;

    MaskedEvents(Redactor redactor) {
        this.redactor = redactor;
    }

    RunEvent of(RunEvent event) {
        if (event instanceof CommandOutput output) {
            return new CommandOutput(output.at(), output.step(), output.stream(), redactor.mask(output.chunk()));
        }
        if (event instanceof CommandStarted command) {
            return new CommandStarted(command.at(), command.step(), redactor.mask(command.shown()));
        }
        if (event instanceof FactEstablished fact) {
            return new FactEstablished(fact.at(), fact.step(), fact.fact(), redactor.mask(fact.value()));
        }
        if (event instanceof StepFailed failed) {
            return new StepFailed(failed.at(), failed.step(), of(failed.problem()));
        }
        if (event instanceof StepSucceeded succeeded) {
            return new StepSucceeded(succeeded.at(), succeeded.step(), succeeded.outcome(), of(succeeded.summary()));
        }
        if (event instanceof StepProgress progress) {
            return new StepProgress(progress.at(), progress.step(), of(progress.doing()));
        }
        if (event instanceof StepWaiting waiting) {
            return new StepWaiting(waiting.at(), waiting.step(), of(waiting.reason()), waiting.attempt(),
                    waiting.next(), waiting.left());
        }
        if (event instanceof ChangeBegun begun) {
            return new ChangeBegun(begun.at(), begun.step(), of(begun.change()));
        }
        if (event instanceof ChangeDone done) {
            return new ChangeDone(done.at(), done.step(), of(done.change()));
        }
        if (event instanceof ChangeReverted reverted) {
            return new ChangeReverted(reverted.at(), reverted.step(), of(reverted.change()));
        }
        // The rest holds ids and names alone: those of steps and machines, and of resources in Azure.
        return event;
    }

    private Change of(Change change) {
        return new Change(change.kind(), redactor.mask(change.subject()));
    }

    private Problem of(Problem problem) {
        return new Problem(of(problem.what()), of(problem.meaning()), of(problem.remedy()),
                redactor.mask(problem.details()));
    }

    private Text of(Text text) {
        return new Text(text.key(), text.arguments().stream().map(this::ofArgument).toList());
    }

    private Object ofArgument(Object argument) {
        return argument instanceof Text nested ? of(nested)
                : argument instanceof String words ? redactor.mask(words) : argument;
    }
}
