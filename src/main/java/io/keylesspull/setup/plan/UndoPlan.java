package io.keylesspull.setup.plan;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.RunState.Changed;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.engine.plan.Step;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.setup.plan.UndoList.Staying;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Ssh;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.ResourceWords;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.setup.step.batch.ReadScriptStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.cloud.DeleteImageStep;
import io.keylesspull.setup.step.cloud.DeleteStep;
import io.keylesspull.setup.step.cloud.DetachIdentityStep;
import io.keylesspull.setup.step.cloud.ExistingMachineStep;
import io.keylesspull.setup.step.cloud.GoneMachineStep;
import io.keylesspull.setup.step.cloud.HostKeysStep;
import io.keylesspull.setup.step.cloud.MadeByRun;
import io.keylesspull.setup.step.cluster.RemoveNamespaceStep;
import io.keylesspull.setup.step.connect.ClearFolderStep;
import io.keylesspull.setup.step.connect.ConnectStep;
import io.keylesspull.setup.step.connect.RemoveKeyStep;
import io.keylesspull.setup.step.connect.RunCommandStep;
import io.keylesspull.setup.step.connect.SshKeyStep;
import io.keylesspull.setup.step.connection.SshKeys;
import io.keylesspull.setup.step.connection.SshRules;
import io.keylesspull.setup.step.fleet.CancelDeploymentStep;
import io.keylesspull.setup.step.machine.RemoteFacts;
import io.keylesspull.setup.step.machine.RestoreMachineStep;
import io.keylesspull.setup.step.power.StopMachineStep;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns what a run left behind into a plan that undoes it, and nothing else. Each resource goes before those that it
 * depends on.
 */
public final class UndoPlan {

    private static final String NIC = "microsoft.network/networkinterfaces";
    private static final String NETWORK = "microsoft.network/virtualnetworks";
    private static final String NAT_GATEWAY = "microsoft.network/natgateways";
    private static final String ROLE = "microsoft.authorization/roleassignments";
    private static final String IDENTITY = "microsoft.managedidentity/userassignedidentities";
    private static final String GROUP = "microsoft.resources/resourcegroups";
    private static final String RUN_COMMAND = "microsoft.compute/virtualmachines/runcommands";
    private static final String DEPLOYMENT = "microsoft.resources/deployments";

    /** The types that must be deleted before a resource of a type can be, or should be. */
    private static final Map<String, Set<String>> AFTER = Map.of(
            MadeByRun.SCALE_SET,
            Set.of(DEPLOYMENT),
            NIC,
            Set.of(MadeByRun.MACHINE),
            "microsoft.network/publicipaddresses",
            Set.of(NIC, NAT_GATEWAY, DEPLOYMENT),
            NAT_GATEWAY,
            Set.of(NETWORK, DEPLOYMENT),
            "microsoft.network/networksecuritygroups",
            Set.of(NIC, NETWORK, DEPLOYMENT),
            NETWORK,
            Set.of(NIC, MadeByRun.SCALE_SET, DEPLOYMENT),
            IDENTITY,
            Set.of(MadeByRun.MACHINE, MadeByRun.SCALE_SET, ROLE),
            MadeByRun.REGISTRY,
            Set.of(ROLE));

    /** What is deleted, as a log calls it. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry(GROUP, "resource-group"),
            Map.entry(MadeByRun.REGISTRY, "registry"),
            Map.entry(IDENTITY, "identity"),
            Map.entry(ROLE, "role"),
            Map.entry(MadeByRun.MACHINE, "machine"),
            Map.entry(MadeByRun.SCALE_SET, "scale-set"),
            Map.entry(RUN_COMMAND, "run-command"),
            Map.entry(NIC, "network-interface"),
            Map.entry("microsoft.network/publicipaddresses", "public-address"),
            Map.entry(NAT_GATEWAY, "nat-gateway"),
            Map.entry("microsoft.network/networksecuritygroups", "security-group"),
            Map.entry(NETWORK, "network"),
            Map.entry(DEPLOYMENT, "deployment"));

    private final SetupRequest request;
    private final RunState left;
    private final AzureSubscription azure;
    private final SshRoute route;
    private final SshKeys keys;
    private final Set<String> gone;
    private final Set<UndoChoice> choices;

    /**
     * @param left what the run left behind, from its journal
     * @param azure knows the run's mark: a resource without it is not deleted
     * @param gone labels of machines that were there before the run and are not any more
     * @param choices what is undone on machines that existed before the run
     */
    public UndoPlan(
            SetupRequest request,
            RunState left,
            AzureSubscription azure,
            SshRoute route,
            SshKeys keys,
            Set<String> gone,
            Set<UndoChoice> choices) {
        this.request = request;
        this.left = left;
        this.azure = azure;
        this.route = route;
        this.keys = keys;
        this.gone = Set.copyOf(gone);
        this.choices = Set.copyOf(choices);
    }

    public Plan plan() {
        List<SetupStep> steps = new ArrayList<>();
        request.machines().stream()
                .filter(machine -> !madeHere(machine))
                .forEach(machine -> addMachine(steps, machine));
        request.clusters().forEach(cluster -> addCluster(steps, cluster));
        changes(ChangeKind.IMPORTED_IMAGE, Optional.empty())
                .filter(image -> !new MadeByRun(left).registry())
                .forEach(image ->
                        steps.add(new DeleteImageStep(image.change(), digest(image.change()), platforms(), azure)));
        Map<StepId, Integer> called = new HashMap<>();
        List<String> ids = left.resources().stream().map(RunState.Resource::id).toList();
        left.resources().forEach(resource -> steps.add(deletion(resource, stepFor(resource, called), ids)));
        return Plan.of(Purpose.UNDO, steps);
    }

    private SetupStep deletion(RunState.Resource resource, StepId step, List<String> all) {
        Text what = ResourceWords.of(resource.id(), all);
        return Resources.type(resource.id()).equals(DEPLOYMENT)
                ? new CancelDeploymentStep(step, what, resource.id(), azure)
                : new DeleteStep(
                        step, what, resource.id(), within(resource), before(resource), besides(resource), azure);
    }

    /**
     * What undoing would do in the present state of Azure. Reads and changes nothing.
     *
     * @throws AzureException if Azure refuses to be read
     */
    public UndoList list() throws AzureException, InterruptedException {
        List<Text> goes = new ArrayList<>();
        List<Staying> stays = new ArrayList<>();
        Facts facts = new Facts();
        for (Step step : plan().steps()) {
            Preview preview = ((SetupStep) step).preview(new Known(facts, step.id()));
            switch (preview.kind()) {
                case DELETE -> goes.add(preview.what());
                case LEAVE ->
                    stays.add(new Staying(preview.what(), preview.why().orElseThrow(), Optional.of(step.id())));
                default -> {}
            }
        }
        for (Changed changed : left.changes()) {
            Optional<ChangeKind> kind = ChangeKind.of(changed.change());
            if (kind.isEmpty()) {
                stays.add(new Staying(
                        Text.of("setup.undo.change", changed.change().subject()),
                        Text.of("setup.undo.unknown"),
                        Optional.empty()));
            } else if (kind.get() == ChangeKind.PROVIDER) {
                stays.add(new Staying(
                        Text.of("setup.undo.provider", changed.change().subject()),
                        Text.of("setup.undo.providerStays"),
                        Optional.empty()));
            }
        }
        return new UndoList(goes, UndoList.Option.of(left, gone), stays);
    }

    private void addMachine(List<SetupStep> steps, SetupRequest.Machine machine) {
        String label = request.label(machine);
        Optional<String> on = Optional.of(label);
        List<Changed> changes = left.changes().stream()
                .filter(changed -> changed.machine().equals(on))
                .toList();
        if (gone.contains(label)) {
            steps.add(new GoneMachineStep(
                    label, changes.stream().map(Changed::change).toList()));
            return;
        }
        List<Changed> chosen = changes.stream()
                .filter(changed -> ChangeKind.of(changed.change())
                        .flatMap(kind -> kind.choice(label))
                        .filter(choices::contains)
                        .isPresent())
                .toList();
        List<Changed> inside = chosen.stream()
                .filter(changed -> !ChangeKind.STARTED.is(changed.change()))
                .toList();
        boolean unread = ReadScriptStep.isNeeded(left, label);
        // What a script changed that was not read is known only once it is read.
        boolean signsIn = !inside.isEmpty()
                || unread
                        && choices.stream().anyMatch(choice -> choice.machine().equals(label));
        boolean mayAddKey = signsIn && machine.ssh().filter(Ssh::addKey).isPresent();
        boolean removesKey = mayAddKey || changes.stream().map(Changed::change).anyMatch(RemoveKeyStep::removes);
        if (signsIn || removesKey) {
            // An undo starts nothing.
            SetupRequest asFound = request.withAccess(request.access().withStartStopped(false));
            steps.add(new ExistingMachineStep(asFound, machine, azure));
        }
        if (unread) {
            steps.add(new ReadScriptStep(request, machine, deployments(), azure));
        }
        if (signsIn) {
            if (machine.ssh().isPresent()) {
                steps.add(SshKeyStep.of(label, machine, keys));
                steps.add(new HostKeysStep(request, machine, Set.of(CloudFacts.MACHINE), azure));
                steps.add(new ConnectStep(
                        request,
                        machine,
                        machine.ssh().get(),
                        route,
                        keys,
                        SshRules.of(azure, Optional.empty()),
                        azure));
            } else {
                steps.add(new RunCommandStep(
                        request, machine, unread ? Set.of(ReadScriptStep.read(label)) : Set.of(), azure));
            }
            steps.add(new RestoreMachineStep(label, choices));
        }
        List<Changed> identities = changes(ChangeKind.IDENTITY, on).toList();
        if (!identities.isEmpty()) {
            steps.add(new DetachIdentityStep(
                    request,
                    machine,
                    identities.stream().map(Changed::change).toList(),
                    signsIn ? Set.of(RemoteFacts.RESTORED) : Set.of(),
                    azure));
        }
        Set<Fact<?>> after = new HashSet<>();
        if (unread) {
            after.add(ReadScriptStep.read(label));
        }
        if (signsIn) {
            after.add(RemoteFacts.RESTORED);
        }
        if (!identities.isEmpty()) {
            after.add(DetachIdentityStep.detached(label));
        }
        if (removesKey) {
            // While a machine is being updated, Azure refuses Run Command.
            steps.add(new RemoveKeyStep(request, machine, after, azure));
            after.add(RemoveKeyStep.removed(label));
        }
        if (ClearFolderStep.isNeeded(left, label)) {
            steps.add(new ClearFolderStep(request, machine, Set.copyOf(after), azure));
            after.add(ClearFolderStep.cleared(label));
        }
        List<Change> starts = chosen.stream()
                .map(Changed::change)
                .filter(ChangeKind.STARTED::is)
                .toList();
        if (!starts.isEmpty()) {
            steps.add(new StopMachineStep(request, machine, starts, after, azure));
        }
    }

    private List<String> deployments() {
        return left.resources().stream()
                .map(RunState.Resource::id)
                .filter(id -> Resources.type(id).equals(DEPLOYMENT))
                .toList();
    }

    private void addCluster(List<SetupStep> steps, SetupRequest.Cluster cluster) {
        List<Change> namespaces = changes(ChangeKind.CLUSTER_NAMESPACE, Optional.of(request.label(cluster)))
                .map(Changed::change)
                .toList();
        if (!namespaces.isEmpty()) {
            steps.add(new RemoveNamespaceStep(request, cluster, namespaces, azure));
        }
    }

    private Stream<Changed> changes(ChangeKind kind, Optional<String> machine) {
        return left.changes().stream()
                .filter(changed -> changed.machine().equals(machine))
                .filter(changed -> kind.is(changed.change()));
    }

    /** @param image that was imported */
    private Optional<Change> digest(Change image) {
        return changes(ChangeKind.IMPORTED_DIGEST, Optional.empty())
                .map(Changed::change)
                .filter(change -> change.subject().startsWith(image.subject() + "@"))
                .findFirst();
    }

    private List<Change> platforms() {
        return changes(ChangeKind.IMPORTED_PLATFORM, Optional.empty())
                .map(Changed::change)
                .toList();
    }

    private boolean madeHere(SetupRequest.Machine machine) {
        return new MadeByRun(left).machine(request.label(machine));
    }

    private List<String> before(RunState.Resource resource) {
        String type = Resources.type(resource.id());
        return left.resources().stream()
                .filter(other -> other != resource)
                .filter(other -> type.equals(GROUP)
                        ? Resources.liesIn(other.id(), resource.id())
                        : AFTER.getOrDefault(type, Set.of()).contains(Resources.type(other.id()))
                                && sameMachine(resource, other))
                .map(RunState.Resource::id)
                .toList();
    }

    /**
     * A shared identity is deleted after it has been detached from every machine, and a script after what it changed
     * has been read.
     */
    private Set<Fact<?>> besides(RunState.Resource resource) {
        if (Resources.type(resource.id()).equals(RUN_COMMAND)) {
            return resource.machine().filter(this::isRead).stream()
                    .map(ReadScriptStep::read)
                    .collect(Collectors.toSet());
        }
        if (!Resources.type(resource.id()).equals(IDENTITY)) {
            return Set.of();
        }
        return left.changes().stream()
                .filter(changed -> ChangeKind.IDENTITY.is(changed.change()))
                .flatMap(changed -> changed.machine().stream())
                .filter(name -> !new MadeByRun(left).machine(name))
                .map(DetachIdentityStep::detached)
                .collect(Collectors.toSet());
    }

    /** Whether the undo reads what scripts changed on a machine. */
    private boolean isRead(String label) {
        return ReadScriptStep.isNeeded(left, label)
                && !gone.contains(label)
                && request.machines().stream()
                        .anyMatch(machine -> request.label(machine).equals(label) && !madeHere(machine));
    }

    /** The changes on a machine or in a registry that the run created. */
    private List<Change> within(RunState.Resource resource) {
        Stream<Changed> changes = switch (Resources.type(resource.id())) {
            case MadeByRun.MACHINE ->
                left.changes().stream().filter(changed -> changed.machine().equals(resource.machine()));
            case MadeByRun.REGISTRY ->
                Stream.of(ChangeKind.IMPORTED_PLATFORM, ChangeKind.IMPORTED_DIGEST, ChangeKind.IMPORTED_IMAGE)
                        .flatMap(kind -> changes(kind, Optional.empty()));
            default -> Stream.empty();
        };
        return changes.map(Changed::change).toList();
    }

    private static boolean sameMachine(RunState.Resource one, RunState.Resource other) {
        return one.machine().isEmpty()
                || other.machine().isEmpty()
                || one.machine().equals(other.machine());
    }

    /**
     * Named as the step that made it, as far as there is one.
     *
     * @param called how often each name was used already: a role may have been granted to two identities
     */
    private static StepId stepFor(RunState.Resource resource, Map<StepId, Integer> called) {
        String type = Resources.type(resource.id());
        String name = NAMES.getOrDefault(type, type.substring(type.lastIndexOf('/') + 1));
        StepId id = new StepId("delete-" + name, resource.machine());
        int times = called.merge(id, 1, Integer::sum);
        return times == 1 ? id : new StepId(id.name() + "-" + times, id.machine());
    }
}
