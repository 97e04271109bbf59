package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.fleet.ManyMachines;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.Grant;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.reach.InternetReach;
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An existing virtual machine. It is started only if the request says so: it may have been stopped to save money. */
public final class ExistingMachineStep extends AzureStep {

    private static final String START = "Microsoft.Compute/virtualMachines/start/action";

    private final SetupRequest.Machine machine;
    private final boolean startStopped;
    private final String label;
    private final String group;
    private final Optional<ManyMachines> many;

    public ExistingMachineStep(SetupRequest request, SetupRequest.Machine machine, AzureSubscription azure) {
        this(request, machine, Optional.empty(), azure);
    }

    /** @param many what it shares with others, if it is one of many */
    public ExistingMachineStep(
            SetupRequest request, SetupRequest.Machine machine, Optional<ManyMachines> many, AzureSubscription azure) {
        super(
                StepId.on(request.label(machine), "machine"),
                Text.of("setup.step.machine"),
                Text.of("setup.subject.machine", request.label(machine)),
                Set.of(),
                Set.of(CloudFacts.MACHINE),
                azure);
        this.machine = machine;
        this.startStopped = request.access().startStopped();
        this.label = request.label(machine);
        this.group = request.machineGroup(machine);
        this.many = many;
    }

    private Optional<MachineInfo> find(AzureSubscription azure) throws AzureException, InterruptedException {
        return many.isPresent()
                ? many.get().find(azure, group, machine.name())
                : azure.machines().find(group, machine.name());
    }

    @Override
    public Preview preview(Known known) throws AzureException, InterruptedException {
        Optional<MachineInfo> found = find(azure());
        found.ifPresent(there -> known.found(CloudFacts.MACHINE, there));
        return found.filter(this::mayBeStarted).isPresent()
                ? Preview.change(Text.of("setup.change.start", label))
                : Preview.keep(Text.of("setup.change.machine", label));
    }

    @Override
    public List<Preflight> checks(Known known) {
        Optional<MachineInfo> found = known.find(CloudFacts.MACHINE);
        Preflight there = new Preflight(
                Text.of("setup.check.machine", label),
                () -> Finding.badIf(hindrance(found).map(Failure::problem)));
        if (found.isEmpty()) {
            return List.of(there);
        }
        List<Preflight> checks = new ArrayList<>(List.of(there));
        if (!machine.byRunCommand()) {
            checks.add(mayRunCommand(label, found.get().id()));
        }
        if (found.get().publicIp().isEmpty() && many.isEmpty()) {
            checks.add(new Preflight(
                    Text.of("setup.check.wayOut", label),
                    () -> InternetReach.of(label, found.get(), azure().networks())));
        }
        if (mayBeStarted(found.get())) {
            checks.add(new Preflight(Text.of("setup.check.startCosts", label), Finding::good));
            checks.add(mayDo(
                    Text.of("setup.check.start", label),
                    found.get().id(),
                    START,
                    Grant.MACHINES,
                    grant -> Failure.of("setup.noStartRight", START, label, group, machine.name(), azure().id())));
        }
        return checks;
    }

    @Override
    public void byHand(Script script, Known known) {
        if (isToBeStarted(known)) {
            script.comment("The virtual machine " + label);
            script.run(starting());
        }
    }

    @Override
    public void template(Template template, Known known) {
        template.add(new Part.Machine(label, machine.name(), group, Optional.empty()));
        if (isToBeStarted(known)) {
            template.before("The virtual machine " + label + " does not run.", List.of(template.command(starting())));
        }
    }

    private boolean isToBeStarted(Known known) {
        return known.find(CloudFacts.MACHINE).filter(this::mayBeStarted).isPresent();
    }

    private String[] starting() {
        return new String[] {"az", "vm", "start", "--resource-group", group, "--name", machine.name()};
    }

    private boolean mayBeStarted(MachineInfo found) {
        return startStopped && isStopped(found);
    }

    private static boolean isStopped(MachineInfo found) {
        return found.power() == PowerState.STOPPED || found.power() == PowerState.DEALLOCATED;
    }

    /** Why the machine cannot be set up. */
    private Optional<Failure> hindrance(Optional<MachineInfo> found) {
        if (found.isEmpty()) {
            return Optional.of(Failure.of("setup.missing.machine", "", label, group, azure().id()));
        }
        if (!found.get().os().linux()) {
            return Optional.of(Failure.of("setup.machineNotLinux", "", label));
        }
        return isStopped(found.get()) && !startStopped
                ? Optional.of(Failure.of(
                        "setup.machineStopped", found.get().power().name(), label, group, machine.name(), azure().id()))
                : Optional.empty();
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Optional<MachineInfo> found = find(azure);
        Optional<Failure> hindrance = hindrance(found);
        if (hindrance.isPresent()) {
            many.ifPresent(ManyMachines::forget);
            throw hindrance.get();
        }
        MachineInfo there = found.orElseThrow();
        if (isStopped(there)) {
            context.change(List.of(started(there.power())), () -> {
                azure.machines().start(there);
                return there;
            });
        }
        boolean started =
                context.changed(started(PowerState.STOPPED)) || context.changed(started(PowerState.DEALLOCATED));
        // A dynamic address is given out when the machine starts.
        MachineInfo now =
                isStopped(there) ? azure.machines().find(group, machine.name()).orElse(there) : there;
        context.establish(CloudFacts.MACHINE, now);
        return started
                ? new Result(Outcome.CHANGED, Text.of("setup.machine.started", now.size()))
                : new Result(Outcome.FOUND, Text.of("setup.machine.found", now.size()));
    }

    private static Change started(PowerState before) {
        return ChangeKind.STARTED.of(before.name());
    }
}
