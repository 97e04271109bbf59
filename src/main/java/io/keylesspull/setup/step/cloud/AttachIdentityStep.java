package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.LastChange;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.VirtualMachines;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.fleet.ControlPlaneLimits;
import io.keylesspull.setup.fleet.ManyMachines;
import io.keylesspull.setup.fleet.Pacer;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Identity.Kind;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.Grant;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Adds the managed identity to a machine, which keeps the identities it has. */
public final class AttachIdentityStep extends AzureStep {

    /** What the step is called in plans and events. */
    public static final String NAME = "attach-identity";

    private static final String ATTACH = "Microsoft.Compute/virtualMachines/write";

    /** Azure adds an identity in about ten seconds. */
    private static final Duration SURELY_ADDED = Duration.ofSeconds(15);

    private static final Retry UNTIL_ADDED = new Retry(Duration.ofMinutes(10), List.of(SURELY_ADDED));

    private final SetupRequest request;
    private final SetupRequest.Machine machine;
    private final Kind kind;
    private final Optional<ManyMachines> many;

    public AttachIdentityStep(SetupRequest request, SetupRequest.Machine machine, AzureSubscription azure) {
        this(request, machine, Optional.empty(), azure);
    }

    /** @param many what it shares with others, if it is one of many */
    public AttachIdentityStep(
            SetupRequest request, SetupRequest.Machine machine, Optional<ManyMachines> many, AzureSubscription azure) {
        super(
                StepId.on(request.label(machine), NAME),
                Text.of("setup.step.attachIdentity." + request.identity().kind().name()),
                Text.of("setup.subject.machine", request.label(machine)),
                needs(request.identity().kind()),
                establishes(request.identity().kind()),
                azure);
        this.request = request;
        this.machine = machine;
        this.kind = request.identity().kind();
        this.many = many;
    }

    @Override
    public boolean waits() {
        return many.isPresent();
    }

    /** Azure lets only so many changes through in a while. Not begun before that: a run may be cancelled meanwhile. */
    private void pace(StepContext context, MachineInfo there) throws InterruptedException {
        if (many.isEmpty()) {
            return;
        }
        Pacer pacer = many.get().pacer();
        pacer.await(context.time(), ControlPlaneLimits.MACHINE_UPDATES, there.location(), 1);
        pacer.await(context.time(), ControlPlaneLimits.READS, "", 1);
        pacer.await(context.time(), ControlPlaneLimits.WRITES, "", 1);
    }

    private static Set<Fact<?>> needs(Kind kind) {
        return kind == Kind.USER_ASSIGNED
                ? Set.of(CloudFacts.MACHINE, CloudFacts.IDENTITY)
                : Set.of(CloudFacts.MACHINE);
    }

    private static Set<Fact<?>> establishes(Kind kind) {
        return kind == Kind.USER_ASSIGNED
                ? Set.of(CloudFacts.IDENTITY_ATTACHED)
                : Set.of(CloudFacts.IDENTITY_ATTACHED, CloudFacts.PRINCIPAL_ID);
    }

    /** A new machine gets its identity when it is created. */
    @Override
    public Preview preview(Known known) {
        Optional<MachineInfo> there = known.find(CloudFacts.MACHINE);
        if (there.isEmpty()) {
            return Preview.nothing();
        }
        if (kind == Kind.SYSTEM_ASSIGNED) {
            there.get().identities().systemPrincipalId().ifPresent(id -> known.found(CloudFacts.PRINCIPAL_ID, id));
        }
        Text what = Text.of("setup.change.attach", request.label(machine));
        if (!isAttached(there.get(), known)) {
            return Preview.change(what);
        }
        known.found(CloudFacts.IDENTITY_ATTACHED, there.get().id());
        return Preview.keep(what);
    }

    private boolean isAttached(MachineInfo there, Known known) {
        return kind == Kind.SYSTEM_ASSIGNED
                ? there.identities().systemPrincipalId().isPresent()
                : known.find(CloudFacts.IDENTITY)
                        .filter(identity -> has(there, identity.id()))
                        .isPresent();
    }

    @Override
    public List<Preflight> checks(Known known) {
        Optional<MachineInfo> there = known.find(CloudFacts.MACHINE);
        if (there.isEmpty() || isAttached(there.get(), known)) {
            return List.of();
        }
        // A group's rights are its machines', too.
        String of = many.isPresent() ? request.machineGroup(machine) : request.label(machine);
        Preflight change = mayDo(
                Text.of(many.isPresent() ? "setup.check.attachMany" : "setup.check.attach", of),
                many.isPresent()
                        ? groupId(request.machineGroup(machine))
                        : there.get().id(),
                ATTACH,
                Grant.MACHINES,
                grant -> Failure.of("setup.noAttachRight", ATTACH, of, grant.command()));
        return kind == Kind.SYSTEM_ASSIGNED ? List.of(change) : List.of(change, mayAssign(request, known));
    }

    @Override
    public void byHand(Script script, Known known) {
        if (!machine.create()) {
            script.comment("The identity on " + request.label(machine));
            List<Script.Piece> words = new ArrayList<>();
            for (String word : List.of(
                    "az",
                    "vm",
                    "identity",
                    "assign",
                    "--resource-group",
                    request.machineGroup(machine),
                    "--name",
                    machine.name())) {
                words.add(Script.text(word));
            }
            if (kind == Kind.USER_ASSIGNED) {
                words.addAll(List.of(Script.text("--identities"), Script.variable("identityId")));
            }
            words.addAll(List.of(Script.text("--output"), Script.text("none")));
            script.run(words);
        }
        if (kind == Kind.SYSTEM_ASSIGNED) {
            script.keep(
                    "principalId",
                    "az",
                    "vm",
                    "show",
                    "--resource-group",
                    request.machineGroup(machine),
                    "--name",
                    machine.name(),
                    "--query",
                    "identity.principalId",
                    "--output",
                    "tsv");
        }
    }

    /** A template would have to declare the whole machine to add an identity to it. */
    @Override
    public void template(Template template, Known known) {
        boolean attached = known.find(CloudFacts.IDENTITY_ATTACHED).isPresent();
        boolean there = known.find(CloudFacts.MACHINE).isPresent() || !machine.create();
        if (!there || attached) {
            return;
        }
        String what = "The identity of the virtual machine " + request.label(machine)
                + ", which exists: a template would have to declare the whole machine.";
        String assign = template.command(
                "az",
                "vm",
                "identity",
                "assign",
                "--resource-group",
                request.machineGroup(machine),
                "--name",
                machine.name());
        if (kind == Kind.SYSTEM_ASSIGNED) {
            template.before(what, List.of(assign));
        } else {
            String show = template.command(IdentityStep.showing(request, "id"));
            template.afterwards(what, List.of(assign + " --identities \"$(" + show + ")\""));
        }
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        MachineInfo machine = context.get(CloudFacts.MACHINE);
        return kind == Kind.USER_ASSIGNED
                ? userAssigned(context, azure, machine)
                : systemAssigned(context, azure, machine);
    }

    private Result userAssigned(StepContext context, AzureSubscription azure, MachineInfo machine)
            throws AzureException, Failure, InterruptedException {
        String identityId = context.get(CloudFacts.IDENTITY).id();
        Change change = ChangeKind.IDENTITY.of(identityId);
        Outcome outcome = context.changed(change) ? Outcome.CHANGED : Outcome.FOUND;
        MachineInfo now = machine;
        if (!has(machine, identityId)) {
            pace(context, machine);
            now = context.change(List.of(change), () -> added(context, azure, machine, Optional.of(identityId)));
            outcome = Outcome.CHANGED;
        }
        if (!has(now, identityId)) {
            throw Failure.of("setup.identityNotAttached", identityId, machine.name());
        }
        context.establish(CloudFacts.IDENTITY_ATTACHED, now.id());
        return new Result(
                outcome,
                Text.of("setup.attached", context.get(CloudFacts.IDENTITY).name()));
    }

    private Result systemAssigned(StepContext context, AzureSubscription azure, MachineInfo machine)
            throws AzureException, Failure, InterruptedException {
        Change change = ChangeKind.IDENTITY.of(ChangeKind.SYSTEM_ASSIGNED);
        Outcome outcome = context.changed(change) ? Outcome.CHANGED : Outcome.FOUND;
        MachineInfo now = machine;
        if (machine.identities().systemPrincipalId().isEmpty()) {
            pace(context, machine);
            now = context.change(List.of(change), () -> added(context, azure, machine, Optional.empty()));
            outcome = Outcome.CHANGED;
        }
        String principalId = now.identities()
                .systemPrincipalId()
                .orElseThrow(() -> Failure.of("setup.identityNotAttached", "", machine.name()));
        context.establish(CloudFacts.IDENTITY_ATTACHED, now.id());
        context.establish(CloudFacts.PRINCIPAL_ID, principalId);
        return new Result(outcome, Text.of("setup.identity.principal", principalId));
    }

    /** @param identityId of the user-assigned one; empty for the system-assigned one */
    private MachineInfo added(
            StepContext context, AzureSubscription azure, MachineInfo machine, Optional<String> identityId)
            throws AzureException, Failure, InterruptedException {
        VirtualMachines machines = azure.machines();
        if (many.isPresent()) {
            Instant begun = context.time().now();
            boolean soon = identityId.isPresent()
                    ? machines.beginUserIdentity(machine, identityId.get())
                    : machines.beginSystemIdentity(machine);
            if (!soon) {
                context.time().sleep(SURELY_ADDED);
            }
            Optional<MachineInfo> added = addedToOneOfMany(context, azure, machine, identityId, begun);
            if (added.isPresent()) {
                return added.get();
            }
        }
        return identityId.isPresent()
                ? machines.addUserIdentity(machine, identityId.get())
                : machines.addSystemIdentity(machine);
    }

    /** @return empty if Azure has not done it: why, it says only to who follows the request */
    private Optional<MachineInfo> addedToOneOfMany(
            StepContext context,
            AzureSubscription azure,
            MachineInfo machine,
            Optional<String> identityId,
            Instant begun)
            throws Failure, InterruptedException {
        return context.retry(UNTIL_ADDED, () -> {
            Optional<LastChange> change;
            try {
                change = many.orElseThrow().lastChange(azure, context.time(), machine, begun);
            } catch (AzureException e) {
                throw AzureFailures.failure(subject(), e);
            }
            if (change.filter(LastChange::hasFailed).isPresent()) {
                return Optional.empty();
            }
            return Optional.of(change.filter(LastChange::hasSucceeded)
                    .map(done -> machine.withIdentities(done.identities()))
                    .filter(now -> identityId
                            .map(id -> has(now, id))
                            .orElse(now.identities().systemPrincipalId().isPresent()))
                    .orElseThrow(() -> new NotYet(
                            Text.of("setup.waiting.identity"),
                            Failure.of("setup.identityNotAttached", "", machine.name())
                                    .problem())));
        });
    }

    private static boolean has(MachineInfo machine, String identityId) {
        return machine.identities().userAssignedIds().stream().anyMatch(identityId::equalsIgnoreCase);
    }
}
