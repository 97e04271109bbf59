package io.keylesspull.setup.plan;

import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Identity.Kind;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.cloud.AttachIdentityStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
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
import io.keylesspull.setup.step.cluster.ClusterProofStep;
import io.keylesspull.setup.step.cluster.ExistingClusterStep;
import io.keylesspull.setup.step.connect.ConnectStep;
import io.keylesspull.setup.step.connect.RunCommandStep;
import io.keylesspull.setup.step.connect.SshKeyStep;
import io.keylesspull.setup.step.connection.SshKeys;
import io.keylesspull.setup.step.connection.SshRules;
import io.keylesspull.setup.step.fleet.Sampling;
import io.keylesspull.setup.step.fleet.ScaleSetProofStep;
import io.keylesspull.setup.step.fleet.ScaleSetStep;
import io.keylesspull.setup.step.machine.AzureCliStep;
import io.keylesspull.setup.step.machine.CredentialHelperStep;
import io.keylesspull.setup.step.machine.DockerConfigStep;
import io.keylesspull.setup.step.machine.DockerStep;
import io.keylesspull.setup.step.machine.HelperPullStep;
import io.keylesspull.setup.step.machine.OperatingSystemStep;
import io.keylesspull.setup.step.machine.ProofStep;
import io.keylesspull.setup.step.machine.PullStep;
import io.keylesspull.setup.step.machine.RegistryLoginStep;
import io.keylesspull.setup.step.machine.RemoteFacts;
import io.keylesspull.setup.step.machine.SignInStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns a request into a plan. The steps' facts give the order. */
public final class SetupPlan {

    private final SetupRequest request;
    private final AzureSubscription azure;
    private final SshRoute route;
    private final SshKeys keys;
    private final Optional<String> callerAddress;
    private final Sampling sampling;

    /**
     * @param request complete: an SSH source for each new one
     * @param azure marks what it creates for the run
     * @param callerAddress this computer's public address as CIDR; empty if it is not known
     * @param sampling how instances of a scale set are asked
     */
    public SetupPlan(
            SetupRequest request,
            AzureSubscription azure,
            SshRoute route,
            SshKeys keys,
            Optional<String> callerAddress,
            Sampling sampling) {
        this.request = request;
        this.azure = azure;
        this.route = route;
        this.keys = keys;
        this.callerAddress = callerAddress;
        this.sampling = sampling;
    }

    public Plan plan() {
        List<SetupStep> steps = new ArrayList<>();
        boolean userAssigned = request.identity().kind() == Kind.USER_ASSIGNED
                && !(request.machines().isEmpty() && request.scaleSet().isEmpty());
        steps.add(new ProvidersStep(request, azure));
        steps.add(new ResourceGroupStep(request, azure));
        steps.add(new RegistryStep(request, azure));
        steps.add(new ImageStep(request, azure));
        if (userAssigned) {
            steps.add(new IdentityStep(request, azure));
            steps.add(new RoleAssignmentStep(request, Optional.empty(), azure));
        }
        if (request.machines().stream().anyMatch(SetupPlan::getsNewKey)
                || request.scaleSet().filter(set -> set.sshKey().isEmpty()).isPresent()) {
            steps.add(SshKeyStep.made(keys));
        }
        for (Machine machine : request.machines()) {
            addMachine(steps, machine);
            if (!userAssigned) {
                steps.add(new RoleAssignmentStep(request, Optional.of(request.label(machine)), azure));
            }
        }
        for (SetupRequest.Cluster cluster : request.clusters()) {
            steps.add(new ExistingClusterStep(request, cluster, azure));
            steps.add(new RoleAssignmentStep(request, Optional.of(request.label(cluster)), azure));
            steps.add(new ClusterProofStep(request, cluster, azure));
        }
        request.scaleSet().ifPresent(set -> {
            set.sshKey().ifPresent(key -> steps.add(SshKeyStep.named(request.label(set), key, keys)));
            steps.add(new ScaleSetStep(request, set, azure));
            steps.add(new ScaleSetProofStep(request, set, sampling, azure));
        });
        return Plan.of(Purpose.SETUP, steps);
    }

    private static boolean getsNewKey(Machine machine) {
        return machine.create() && machine.sshKey().isEmpty();
    }

    private void addMachine(List<SetupStep> steps, Machine machine) {
        String label = request.label(machine);
        // A new one is made with a key, whatever reaches it.
        if ((machine.create() || !machine.byRunCommand()) && !getsNewKey(machine)) {
            steps.add(SshKeyStep.of(label, machine, keys));
        }
        if (machine.create()) {
            steps.add(new NetworkStep(request, machine, callerAddress, azure));
            steps.add(new NewMachineStep(request, machine, azure));
        } else {
            steps.add(new ExistingMachineStep(request, machine, azure));
        }
        steps.add(new AttachIdentityStep(request, machine, azure));
        // After the identity: while a machine is being updated, Azure refuses Run Command.
        machine.ssh()
                .ifPresentOrElse(
                        ssh -> steps.addAll(List.of(
                                new HostKeysStep(
                                        request,
                                        machine,
                                        Set.of(CloudFacts.MACHINE, CloudFacts.IDENTITY_ATTACHED),
                                        azure),
                                new ConnectStep(
                                        request, machine, ssh, route, keys, SshRules.of(azure, callerAddress), azure))),
                        () -> steps.add(
                                new RunCommandStep(request, machine, Set.of(CloudFacts.IDENTITY_ATTACHED), azure)));
        steps.add(new OperatingSystemStep(request, machine));
        steps.add(new DockerStep(request, machine));
        steps.add(new DockerConfigStep(request, machine));
        if (request.access().azureCli()) {
            addTutorialsPull(steps, machine);
        } else {
            steps.add(new CredentialHelperStep(request, machine, Set.of(CloudFacts.IDENTITY_ATTACHED)));
            steps.add(HelperPullStep.only(request, machine));
        }
        steps.add(new ProofStep(request, machine, azure));
        if (request.access().azureCli() && request.access().credentialHelper()) {
            // After the proof: once Docker asks the helper, a pull no longer proves that the tutorial's way works.
            steps.add(new CredentialHelperStep(request, machine, Set.of(RemoteFacts.PROVEN_DIGEST)));
            steps.add(HelperPullStep.again(request, machine));
        }
    }

    private void addTutorialsPull(List<SetupStep> steps, Machine machine) {
        steps.add(new AzureCliStep(request, machine));
        steps.add(new SignInStep(request, machine));
        steps.add(new RegistryLoginStep(request, machine));
        steps.add(new PullStep(request, machine));
    }
}
