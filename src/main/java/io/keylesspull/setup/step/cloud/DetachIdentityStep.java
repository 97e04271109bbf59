package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.VirtualMachines;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Removes the identities that the run gave to an existing machine. */
public final class DetachIdentityStep extends AzureStep {

    private final SetupRequest.Machine machine;
    private final String label;
    private final String group;
    private final List<Change> identities;

    public DetachIdentityStep(
            SetupRequest request,
            SetupRequest.Machine machine,
            List<Change> identities,
            Set<Fact<?>> after,
            AzureSubscription azure) {
        super(
                StepId.on(request.label(machine), "detach-identity"),
                Text.of("setup.step.detachIdentity"),
                Text.of("setup.subject.machine", request.label(machine)),
                after,
                Set.of(detached(request.label(machine))),
                azure);
        this.machine = machine;
        this.label = request.label(machine);
        this.group = request.machineGroup(machine);
        this.identities = identities;
    }

    /** For all machines: a shared identity is deleted after every machine has lost it. */
    public static Fact<String> detached(String label) {
        return CloudFacts.gone("identity of " + label);
    }

    @Override
    public Preview preview(Known known) {
        return Preview.delete(words(label));
    }

    /** The identity that a run gave to a machine. @param machine what the run calls it */
    public static Text words(String machine) {
        return Text.of("setup.undo.identity", machine);
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure) throws AzureException, InterruptedException {
        VirtualMachines machines = azure.machines();
        Optional<MachineInfo> found = machines.find(group, machine.name());
        for (Change identity : identities) {
            if (found.isPresent()) {
                detach(machines, found.get(), identity);
            }
            context.reverted(identity);
        }
        context.establish(detached(label), label);
        return found.isPresent()
                ? new Result(Outcome.CHANGED, Text.of("setup.undo.detached"))
                : new Result(Outcome.CHECKED, Text.of("setup.undo.wasGone"));
    }

    private static void detach(VirtualMachines machines, MachineInfo found, Change identity)
            throws AzureException, InterruptedException {
        if (identity.subject().equals(ChangeKind.SYSTEM_ASSIGNED)) {
            machines.removeSystemIdentity(found);
        } else {
            machines.removeUserIdentity(found, identity.subject());
        }
    }
}
