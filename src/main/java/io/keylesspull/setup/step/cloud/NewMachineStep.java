package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ImageReference;
import io.keylesspull.azure.model.MachineIdentity;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.NewMachine;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.VirtualMachines;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.MachineImages;
import io.keylesspull.setup.request.SetupRequest.Identity.Kind;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.machine.SetupFacts;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A new virtual machine, with its identity from the first moment. */
public final class NewMachineStep extends AzureStep {

    private final SetupRequest request;
    private final SetupRequest.Machine machine;

    public NewMachineStep(SetupRequest request, SetupRequest.Machine machine, AzureSubscription azure) {
        super(StepId.on(machine.name(), "machine"), Text.of("setup.step.machine"),
                Text.of("setup.subject.machine", machine.name()), needs(request), Set.of(SetupFacts.MACHINE), azure);
        this.request = request;
        this.machine = machine;
    }

    private static Set<Fact<?>> needs(SetupRequest request) {
        return request.identity().kind() == Kind.USER_ASSIGNED
                ? Set.of(SetupFacts.NETWORK, SetupFacts.SSH_KEY, SetupFacts.IDENTITY)
                : Set.of(SetupFacts.NETWORK, SetupFacts.SSH_KEY);
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        VirtualMachines machines = azure.machines();
        String group = request.machineGroup(machine);
        Optional<OwnResources.Found<MachineInfo>> found = new OwnResources(context, azure).find(
                () -> machines.find(group, machine.name()), MachineInfo::id);
        if (found.isPresent()) {
            MachineInfo there = found.get().resource();
            context.establish(SetupFacts.MACHINE, there);
            return new Result(found.get().outcome(), Text.of("setup.machine.found", there.size()));
        }
        ImageReference image = MachineImages.resolve(machine.image()).orElseThrow(
                () -> Failure.of("setup.machineImage", "", machine.image()));
        MachineIdentity identity = request.identity().kind() == Kind.USER_ASSIGNED
                ? new MachineIdentity(false, List.of(context.get(SetupFacts.IDENTITY).id()))
                : new MachineIdentity(true, List.of());
        MachineInfo made = machines.create(new NewMachine(group, machine.name(), request.location(), machine.size(),
                image, machine.adminUser(), context.get(SetupFacts.SSH_KEY).publicKeyLine(),
                context.get(SetupFacts.NETWORK), identity), telling(context));
        context.establish(SetupFacts.MACHINE, made);
        return new Result(Outcome.CREATED, Text.of("setup.machine.created", made.size(), made.location()));
    }
}
