package io.keylesspull.setup.plan;

import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.engine.plan.Step;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.setup.request.SetupRequest.Identity.Kind;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.cloud.AttachIdentityStep;
import io.keylesspull.setup.step.cloud.ExistingMachineStep;
import io.keylesspull.setup.step.cloud.HostKeysStep;
import io.keylesspull.setup.step.cloud.IdentityStep;
import io.keylesspull.setup.step.cloud.ImageStep;
import io.keylesspull.setup.step.cloud.NetworkStep;
import io.keylesspull.setup.step.cloud.NewMachineStep;
import io.keylesspull.setup.step.cloud.ProvidersStep;
import io.keylesspull.setup.step.cloud.RegistryStep;
import io.keylesspull.setup.step.cloud.ResourceGroupStep;
import io.keylesspull.setup.step.cloud.RoleAssignmentStep;
import io.keylesspull.setup.step.machine.AzureCliStep;
import io.keylesspull.setup.step.machine.ConnectStep;
import io.keylesspull.setup.step.machine.CredentialHelperStep;
import io.keylesspull.setup.step.machine.DockerStep;
import io.keylesspull.setup.step.machine.HelperPullStep;
import io.keylesspull.setup.step.machine.OperatingSystemStep;
import io.keylesspull.setup.step.machine.ProofStep;
import io.keylesspull.setup.step.machine.PullStep;
import io.keylesspull.setup.step.machine.RegistryLoginStep;
import io.keylesspull.setup.step.machine.SetupFacts;
import io.keylesspull.setup.step.machine.SignInStep;
import io.keylesspull.setup.step.machine.SshKeyStep;
import io.keylesspull.setup.step.machine.SshKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns a request into a plan. The steps carry their own order. */
public final class SetupPlan {

    private final SetupRequest request;
    private final AzureSubscription azure;
    private final SshRoute route;
    private final SshKeys keys;

    /** @param run the run's id, whose mark everything bears that is made */
    public SetupPlan(SetupRequest request, AzureSubscription subscription, String run, SshRoute route, SshKeys keys) {
        this.request = request;
        this.azure = subscription.markedFor(run);
        this.route = route;
        this.keys = keys;
    }

    /** @param request complete: keys named for machines that exist, an SSH source for those that do not */
    public Plan plan() {
        List<Step> steps = new ArrayList<>();
        boolean userAssigned = request.identity().kind() == Kind.USER_ASSIGNED;
        steps.add(new ProvidersStep(request, azure));
        steps.add(new ResourceGroupStep(request, azure));
        steps.add(new RegistryStep(request, azure));
        steps.add(new ImageStep(request, azure));
        if (userAssigned) {
            steps.add(new IdentityStep(request, azure));
            steps.add(role(Optional.empty()));
        }
        if (request.machines().stream().anyMatch(machine -> machine.sshKey().isEmpty())) {
            steps.add(new SshKeyStep(Optional.empty(), Optional.empty(), keys));
        }
        for (SetupRequest.Machine machine : request.machines()) {
            addMachine(steps, machine);
            if (!userAssigned) {
                steps.add(role(Optional.of(machine.name())));
            }
        }
        return Plan.of(Purpose.SETUP, steps);
    }

    private RoleAssignmentStep role(Optional<String> machine) {
        return new RoleAssignmentStep(machine, request.role(), request.registry().name(), azure);
    }

    private void addMachine(List<Step> steps, SetupRequest.Machine machine) {
        String name = machine.name();
        Kind kind = request.identity().kind();
        machine.sshKey().ifPresent(file -> steps.add(
                new SshKeyStep(Optional.of(name), Optional.of(Path.of(file)), keys)));
        if (machine.create()) {
            steps.add(new NetworkStep(request, machine, machine.allowSshFrom().orElseThrow(), azure));
            steps.add(new NewMachineStep(request, machine, azure));
        } else {
            steps.add(new ExistingMachineStep(request, machine, azure));
        }
        steps.add(new AttachIdentityStep(name, kind, azure));
        // After the identity: while a machine is being updated, Azure refuses Run Command.
        steps.add(new HostKeysStep(name, Set.of(SetupFacts.MACHINE, SetupFacts.IDENTITY_ATTACHED), azure));
        steps.add(new ConnectStep(name, machine.adminUser(), !request.dockerGroup(), machine.create(), route, keys));
        steps.add(new OperatingSystemStep(name));
        steps.add(new DockerStep(name));
        if (request.azureCli()) {
            addTutorialsPull(steps, name, kind);
        } else {
            steps.add(new CredentialHelperStep(name, kind, Set.of(SetupFacts.IDENTITY_ATTACHED)));
            steps.add(HelperPullStep.only(name));
        }
        steps.add(new ProofStep(name, request.image(), request.azureCli(), azure));
    }

    private void addTutorialsPull(List<Step> steps, String machine, Kind kind) {
        steps.add(new AzureCliStep(machine, request.signIn().cloud()));
        steps.add(new SignInStep(machine, kind));
        steps.add(new RegistryLoginStep(machine, kind));
        steps.add(new PullStep(machine));
        if (request.keepSignedIn()) {
            // After the proof: once Docker asks the helper, a pull no longer tells anything of the tutorial's way.
            steps.add(new CredentialHelperStep(machine, kind, Set.of(SetupFacts.PROVEN_DIGEST)));
            steps.add(HelperPullStep.again(machine));
        }
    }
}
