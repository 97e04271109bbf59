package io.keylesspull.setup.plan;

import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunState.Changed;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.engine.plan.Step;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.setup.step.cloud.DeleteImageStep;
import io.keylesspull.setup.step.cloud.DeleteStep;
import io.keylesspull.setup.step.cloud.DetachIdentityStep;
import io.keylesspull.setup.step.cloud.ExistingMachineStep;
import io.keylesspull.setup.step.cloud.GoneMachineStep;
import io.keylesspull.setup.step.cloud.HostKeysStep;
import io.keylesspull.setup.step.cloud.MadeByRun;
import io.keylesspull.setup.step.machine.ConnectStep;
import io.keylesspull.setup.step.machine.RestoreMachineStep;
import io.keylesspull.setup.step.machine.SetupFacts;
import io.keylesspull.setup.step.machine.SshKeyStep;
import io.keylesspull.setup.step.machine.SshKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns what a run left behind into a plan that takes it back: nothing else, and each thing before what it hangs on. */
public final class UndoPlan {

    private static final String NIC = "microsoft.network/networkinterfaces";
    private static final String ROLE = "microsoft.authorization/roleassignments";
    private static final String GROUP = "microsoft.resources/resourcegroups";

    /** What has to be gone before a resource of a type can go, or should. */
    private static final Map<String, Set<String>> AFTER = Map.of(
            NIC, Set.of(MadeByRun.MACHINE),
            "microsoft.network/publicipaddresses", Set.of(NIC),
            "microsoft.network/networksecuritygroups", Set.of(NIC),
            "microsoft.network/virtualnetworks", Set.of(NIC),
            "microsoft.managedidentity/userassignedidentities", Set.of(MadeByRun.MACHINE, ROLE),
            MadeByRun.REGISTRY, Set.of(ROLE));

    private final SetupRequest request;
    private final RunState traces;
    private final AzureSubscription azure;
    private final SshRoute route;
    private final SshKeys keys;
    private final Set<String> gone;
    private final Set<UndoChoice> choices;

    /**
     * @param traces  what the run left behind
     * @param run     the run's id, whose mark a resource must bear to be deleted
     * @param gone    names of machines that were there before the run and are not any more
     * @param choices what is taken back on machines that were there before the run
     */
    public UndoPlan(SetupRequest request, RunState traces, String run, AzureSubscription subscription, SshRoute route,
                    SshKeys keys, Set<String> gone, Set<UndoChoice> choices) {
        this.request = request;
        this.traces = traces;
        this.azure = subscription.markedFor(run);
        this.route = route;
        this.keys = keys;
        this.gone = Set.copyOf(gone);
        this.choices = Set.copyOf(choices);
    }

    /** Known to be gone, or left alone for a reason that was told. */
    public static Fact<String> gone(String what) {
        return Fact.wordForAll("GONE " + what);
    }

    public Plan plan() {
        List<Step> steps = new ArrayList<>();
        request.machines().stream().filter(machine -> !madeHere(machine)).forEach(machine -> addMachine(steps, machine));
        changes(ChangeKind.IMPORTED_IMAGE, Optional.empty()).filter(image -> !new MadeByRun(traces).registry()).forEach(
                image -> steps.add(new DeleteImageStep(image.change(), azure)));
        traces.resources().forEach(resource -> steps.add(new DeleteStep(resource, within(resource), after(resource),
                azure)));
        return Plan.of(Purpose.UNDO, steps);
    }

    private void addMachine(List<Step> steps, SetupRequest.Machine machine) {
        String name = machine.name();
        Optional<String> on = Optional.of(name);
        List<Changed> changes = traces.changes().stream().filter(changed -> changed.machine().equals(on)).toList();
        if (gone.contains(name)) {
            steps.add(new GoneMachineStep(name, changes.stream().map(Changed::change).toList()));
            return;
        }
        List<Changed> inside = changes.stream().filter(changed -> ChangeKind.of(changed.change())
                .flatMap(kind -> kind.choice(name)).filter(choices::contains).isPresent()).toList();
        if (!inside.isEmpty()) {
            machine.sshKey().ifPresent(file -> steps.add(new SshKeyStep(on, Optional.of(Path.of(file)), keys)));
            steps.add(new ExistingMachineStep(request, machine, azure));
            steps.add(new HostKeysStep(name, Set.of(SetupFacts.MACHINE), azure));
            steps.add(new ConnectStep(name, machine.adminUser(), !request.dockerGroup(), false, route, keys));
            steps.add(new RestoreMachineStep(name, inside.stream().map(Changed::change).toList()));
        }
        List<Changed> identities = changes(ChangeKind.IDENTITY, on).toList();
        if (!identities.isEmpty()) {
            steps.add(new DetachIdentityStep(request, machine, identities.stream().map(Changed::change).toList(),
                    inside.isEmpty() ? Set.of() : Set.of(SetupFacts.RESTORED), azure));
        }
    }

    private Stream<Changed> changes(ChangeKind kind, Optional<String> machine) {
        return traces.changes().stream().filter(changed -> changed.machine().equals(machine))
                .filter(changed -> ChangeKind.of(changed.change()).equals(Optional.of(kind)));
    }

    private boolean madeHere(SetupRequest.Machine machine) {
        return new MadeByRun(traces).machine(machine.name());
    }

    private Set<Fact<?>> after(RunState.Resource resource) {
        String type = Resources.type(resource.id());
        Set<Fact<?>> after = new HashSet<>(traces.resources().stream().filter(other -> other != resource)
                .filter(other -> type.equals(GROUP) ? Resources.liesIn(other.id(), resource.id())
                        : AFTER.getOrDefault(type, Set.of()).contains(Resources.type(other.id()))
                                && sameMachine(resource, other))
                .map(other -> gone(other.id())).collect(Collectors.toSet()));
        if (type.equals("microsoft.managedidentity/userassignedidentities")) {
            request.machines().stream().filter(machine -> !madeHere(machine))
                    .filter(machine -> changes(ChangeKind.IDENTITY, Optional.of(machine.name())).findAny().isPresent())
                    .forEach(machine -> after.add(DetachIdentityStep.detached(machine.name())));
        }
        return after;
    }

    /** What was changed on a machine or in a registry that the run made. */
    private List<Change> within(RunState.Resource resource) {
        Stream<Changed> changes = switch (Resources.type(resource.id())) {
            case MadeByRun.MACHINE -> traces.changes().stream().filter(changed -> changed.machine().equals(resource.machine()));
            case MadeByRun.REGISTRY -> changes(ChangeKind.IMPORTED_IMAGE, Optional.empty());
            default -> Stream.empty();
        };
        return changes.map(Changed::change).toList();
    }

    private static boolean sameMachine(RunState.Resource one, RunState.Resource other) {
        return one.machine().isEmpty() || other.machine().isEmpty() || one.machine().equals(other.machine());
    }

    /** A run makes at most one resource of a type for a machine, and one for all machines together. */
    public static StepId stepFor(RunState.Resource resource) {
        String type = Resources.type(resource.id());
        return new StepId("delete-" + type.substring(type.indexOf('/') + 1), resource.machine());
    }
}
