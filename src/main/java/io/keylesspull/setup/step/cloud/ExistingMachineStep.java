package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An existing virtual machine. It is never started: it may have been stopped to save money. */
public final class ExistingMachineStep extends AzureStep {

    private final SetupRequest.Machine machine;
    private final String label;
    private final String group;

    public ExistingMachineStep(SetupRequest request, SetupRequest.Machine machine, AzureSubscription azure) {
        super(
                StepId.on(request.label(machine), "machine"),
                Text.of("setup.step.machine"),
                Text.of("setup.subject.machine", request.label(machine)),
                Set.of(),
                Set.of(CloudFacts.MACHINE),
                azure);
        this.machine = machine;
        this.label = request.label(machine);
        this.group = request.machineGroup(machine);
    }

    @Override
    public Preview preview(Known known) throws AzureException, InterruptedException {
        azure().machines().find(group, machine.name()).ifPresent(there -> known.found(CloudFacts.MACHINE, there));
        return Preview.keep(Text.of("setup.change.machine", label));
    }

    @Override
    public List<Preflight> checks(Known known) {
        Optional<MachineInfo> found = known.find(CloudFacts.MACHINE);
        Preflight there = new Preflight(
                Text.of("setup.check.machine", label),
                () -> Finding.badIf(hindrance(found).map(Failure::problem)));
        return found.isEmpty()
                ? List.of(there)
                : List.of(
                        there,
                        machine.runCommand()
                                ? mayRunManagedCommand(label, found.get().id())
                                : mayRunCommand(label, found.get().id()));
    }

    /** Why the machine cannot be set up. */
    private Optional<Failure> hindrance(Optional<MachineInfo> found) {
        if (found.isEmpty()) {
            return Optional.of(Failure.of("setup.missing.machine", "", label, group));
        }
        if (!found.get().os().linux()) {
            return Optional.of(Failure.of("setup.machineNotLinux", "", label));
        }
        PowerState power = found.get().power();
        return power == PowerState.STOPPED || power == PowerState.DEALLOCATED
                ? Optional.of(Failure.of("setup.machineStopped", power.name(), label))
                : Optional.empty();
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Optional<MachineInfo> found = azure.machines().find(group, machine.name());
        Optional<Failure> hindrance = hindrance(found);
        if (hindrance.isPresent()) {
            throw hindrance.get();
        }
        MachineInfo there = found.orElseThrow();
        context.establish(CloudFacts.MACHINE, there);
        return new Result(Outcome.FOUND, Text.of("setup.machine.found", there.size()));
    }
}
