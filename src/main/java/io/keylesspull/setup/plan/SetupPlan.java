package io.keylesspull.setup.plan;

import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.setup.fleet.ManyMachines;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Identity.Kind;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.batch.BatchStep;
import io.keylesspull.setup.step.batch.Batches;
import io.keylesspull.setup.step.batch.MachineSteps;
import io.keylesspull.setup.step.batch.RegistryDigest;
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
        boolean userAssigned = request.identity().kind() == Kind.USER_ASSIGNED && request.givesIdentity();
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
        List<Machine> batched = request.batched();
        ManyMachines many = new ManyMachines();
        Batches batches = new Batches(azure, many.pacer());
        RegistryDigest digest = new RegistryDigest(azure);
        for (Machine machine : request.machines()) {
            if (batched.contains(machine)) {
                steps.add(new ExistingMachineStep(request, machine, Optional.of(many), azure));
                steps.add(new AttachIdentityStep(request, machine, Optional.of(many), azure));
                steps.add(new BatchStep(request, machine, batches, digest, azure));
            } else {
                addMachine(steps, machine);
            }
            if (!userAssigned) {
                steps.add(new RoleAssignmentStep(
                        request,
                        Optional.of(request.label(machine)),
                        batched.contains(machine) ? Optional.of(many) : Optional.empty(),
                        azure));
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
        steps.addAll(MachineSteps.of(request, machine, azure));
    }
}
