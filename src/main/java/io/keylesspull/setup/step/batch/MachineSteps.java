package io.keylesspull.setup.step.batch;

import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
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
import java.util.Set;

/** The steps on a machine that is reached, in their order. */
public final class MachineSteps {

    private MachineSteps() {}

    public static List<SetupStep> of(SetupRequest request, Machine machine, AzureSubscription azure) {
        List<SetupStep> steps = new ArrayList<>();
        steps.add(new OperatingSystemStep(request, machine));
        steps.add(new DockerStep(request, machine));
        steps.add(new DockerConfigStep(request, machine));
        if (request.access().azureCli()) {
            steps.add(new AzureCliStep(request, machine));
            steps.add(new SignInStep(request, machine));
            steps.add(new RegistryLoginStep(request, machine));
            steps.add(new PullStep(request, machine));
        } else {
            steps.add(helper(request, machine, CloudFacts.IDENTITY_ATTACHED));
            steps.add(HelperPullStep.only(request, machine));
        }
        steps.add(new ProofStep(request, machine, azure));
        if (request.access().azureCli() && request.access().credentialHelper()) {
            // After the proof: once Docker asks the helper, a pull no longer proves that the tutorial's way works.
            steps.add(helper(request, machine, RemoteFacts.PROVEN_DIGEST));
            steps.add(HelperPullStep.again(request, machine));
        }
        return steps;
    }

    private static SetupStep helper(SetupRequest request, Machine machine, Fact<?> after) {
        return new CredentialHelperStep(request, machine, Set.of(after));
    }
}
