package io.keylesspull.setup.step.power;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.cloud.AzureStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stops a machine again that the run has started, in the way in which it was stopped before. */
public final class StopMachineStep extends AzureStep {

    private final SetupRequest.Machine machine;
    private final String label;
    private final String group;
    private final List<Change> starts;

    /** @param starts with the power states before; at least one */
    public StopMachineStep(
            SetupRequest request,
            SetupRequest.Machine machine,
            List<Change> starts,
            Set<Fact<?>> after,
            AzureSubscription azure) {
        super(
                StepId.on(request.label(machine), "stop-machine"),
                Text.of("setup.step.stopMachine"),
                Text.of("setup.subject.machine", request.label(machine)),
                after,
                Set.of(CloudFacts.gone("power of " + request.label(machine))),
                azure);
        this.machine = machine;
        this.label = request.label(machine);
        this.group = request.machineGroup(machine);
        this.starts = starts;
    }

    /** Whether it is stopped is asked for by an {@link io.keylesspull.setup.step.UndoChoice}. */
    @Override
    public Preview preview(Known known) {
        return Preview.nothing();
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure) throws AzureException, InterruptedException {
        Optional<MachineInfo> found = azure.machines().find(group, machine.name());
        boolean runs = found.isPresent()
                && found.get().power() != PowerState.STOPPED
                && found.get().power() != PowerState.DEALLOCATED;
        if (runs) {
            boolean deallocate =
                    starts.stream().noneMatch(start -> start.subject().equals(PowerState.STOPPED.name()));
            azure.machines().stop(found.get(), deallocate);
        }
        starts.forEach(context::reverted);
        context.establish(CloudFacts.gone("power of " + label), label);
        return runs
                ? new Result(Outcome.CHANGED, Text.of("setup.undo.stopped"))
                : new Result(Outcome.CHECKED, Text.of("setup.undo.wasStopped"));
    }
}
