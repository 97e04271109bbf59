package io.keylesspull.setup.step.cloud;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Set;

/** A machine that existed before the run and was deleted since: the run's changes on it are gone too. */
public final class GoneMachineStep extends SetupStep {

    private final String machine;
    private final List<Change> changes;

    public GoneMachineStep(String machine, List<Change> changes) {
        super(
                StepId.on(machine, "gone-machine"),
                Text.of("setup.step.goneMachine"),
                Set.of(),
                Set.of(DetachIdentityStep.detached(machine)));
        this.machine = machine;
        this.changes = changes;
    }

    @Override
    public Preview preview(Known known) {
        return Preview.delete(Text.of("setup.undo.goneMachine", machine));
    }

    @Override
    public Result run(StepContext context) {
        changes.forEach(context::reverted);
        context.establish(DetachIdentityStep.detached(machine), machine);
        return new Result(Outcome.CHECKED, Text.of("setup.undo.wasGone"));
    }
}
