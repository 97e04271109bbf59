package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.machine.SetupFacts;
import io.keylesspull.text.Text;
import java.util.Set;

/** A virtual machine that is there. It is never started here: a stopped machine may be stopped for its cost. */
public final class ExistingMachineStep extends AzureStep {

    private final SetupRequest.Machine machine;
    private final String group;

    public ExistingMachineStep(SetupRequest request, SetupRequest.Machine machine, AzureSubscription azure) {
        super(StepId.on(machine.name(), "machine"), Text.of("setup.step.machine"),
                Text.of("setup.subject.machine", machine.name()), Set.of(), Set.of(SetupFacts.MACHINE), azure);
        this.machine = machine;
        this.group = request.machineGroup(machine);
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        MachineInfo found = azure.machines().find(group, machine.name())
                .orElseThrow(() -> Failure.of("setup.missing.machine", "", machine.name(), group));
        if (!found.linux()) {
            throw Failure.of("setup.machineNotLinux", "", machine.name());
        }
        if (found.power() == PowerState.STOPPED || found.power() == PowerState.DEALLOCATED) {
            throw Failure.of("setup.machineStopped", found.power().name(), machine.name());
        }
        context.establish(SetupFacts.MACHINE, found);
        return new Result(Outcome.FOUND, Text.of("setup.machine.found", found.size()));
    }
}
