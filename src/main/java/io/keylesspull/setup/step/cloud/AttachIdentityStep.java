package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.VirtualMachines;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest.Identity.Kind;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.machine.SetupFacts;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Set;

/** The managed identity on a machine, added to whatever identities it has. */
public final class AttachIdentityStep extends AzureStep {

    private final Kind kind;

    public AttachIdentityStep(String machine, Kind kind, AzureSubscription azure) {
        super(StepId.on(machine, "attach-identity"), Text.of("setup.step.attachIdentity." + kind.name()),
                Text.of("setup.subject.machine", machine), needs(kind), establishes(kind), azure);
        this.kind = kind;
    }

    private static Set<Fact<?>> needs(Kind kind) {
        return kind == Kind.USER_ASSIGNED ? Set.of(SetupFacts.MACHINE, SetupFacts.IDENTITY)
                : Set.of(SetupFacts.MACHINE);
    }

    private static Set<Fact<?>> establishes(Kind kind) {
        return kind == Kind.USER_ASSIGNED ? Set.of(SetupFacts.IDENTITY_ATTACHED)
                : Set.of(SetupFacts.IDENTITY_ATTACHED, SetupFacts.PRINCIPAL_ID);
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        MachineInfo machine = context.get(SetupFacts.MACHINE);
        return kind == Kind.USER_ASSIGNED ? userAssigned(context, azure.machines(), machine)
                : systemAssigned(context, azure.machines(), machine);
    }

    private static Result userAssigned(StepContext context, VirtualMachines machines, MachineInfo machine)
            throws AzureException, Failure, InterruptedException {
        String identityId = context.get(SetupFacts.IDENTITY).id();
        Change change = ChangeKind.IDENTITY.of(identityId);
        Outcome outcome = context.changed(change) ? Outcome.CHANGED : Outcome.FOUND;
        MachineInfo now = machine;
        if (!has(machine, identityId)) {
            now = context.change(List.of(change), () -> machines.addUserIdentity(machine, identityId));
            outcome = Outcome.CHANGED;
        }
        if (!has(now, identityId)) {
            throw Failure.of("setup.identityNotAttached", identityId, machine.name());
        }
        context.establish(SetupFacts.IDENTITY_ATTACHED, now.id());
        return new Result(outcome, Text.of("setup.attached", context.get(SetupFacts.IDENTITY).name()));
    }

    private static Result systemAssigned(StepContext context, VirtualMachines machines, MachineInfo machine)
            throws AzureException, Failure, InterruptedException {
        Change change = ChangeKind.IDENTITY.of(ChangeKind.SYSTEM_ASSIGNED);
        Outcome outcome = context.changed(change) ? Outcome.CHANGED : Outcome.FOUND;
        MachineInfo now = machine;
        if (machine.systemPrincipalId().isEmpty()) {
            now = context.change(List.of(change), () -> machines.addSystemIdentity(machine));
            outcome = Outcome.CHANGED;
        }
        String principalId = now.systemPrincipalId()
                .orElseThrow(() -> Failure.of("setup.identityNotAttached", "", machine.name()));
        context.establish(SetupFacts.IDENTITY_ATTACHED, now.id());
        context.establish(SetupFacts.PRINCIPAL_ID, principalId);
        return new Result(outcome, Text.of("setup.identity.principal", principalId));
    }

    private static boolean has(MachineInfo machine, String identityId) {
        return machine.userAssignedIds().stream().anyMatch(identityId::equalsIgnoreCase);
    }
}
