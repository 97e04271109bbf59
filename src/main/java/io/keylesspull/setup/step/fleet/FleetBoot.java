package io.keylesspull.setup.step.fleet;

import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.setup.export.BootScript;
import io.keylesspull.setup.fleet.RegistryLimits;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.MachineAccess;
import io.keylesspull.setup.request.SetupRequest.ScaleSet;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.machine.CredentialHelperStep;
import io.keylesspull.setup.step.machine.DockerConfigStep;
import io.keylesspull.setup.step.machine.DockerStep;
import io.keylesspull.setup.step.machine.HelperPullStep;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an instance of a scale set does when it starts for the first time: what the steps of a machine tell a person to
 * type, without the Azure CLI, which the credential helper does not need.
 */
public final class FleetBoot {

    private FleetBoot() {}

    /** @param known may have the registry */
    public static BootScript script(SetupRequest request, ScaleSet set, Known known) {
        Machine instance = new Machine(
                set.name(),
                true,
                set.image(),
                set.size(),
                set.adminUser(),
                set.sshKey(),
                set.resourceGroup(),
                new SetupRequest.BehindGateway(),
                new SetupRequest.RunCommand());
        SetupRequest onInstance = request.withMachines(List.of(instance))
                .withScaleSet(Optional.empty())
                .withAccess(new MachineAccess(false, true, request.access().dockerGroup(), false));
        BootScript script = new BootScript(
                onInstance.label(instance),
                set.adminUser(),
                !request.access().dockerGroup(),
                RegistryLimits.spread(set.instances(), sku(request, known)));
        new DockerStep(onInstance, instance).byHand(script, known);
        new DockerConfigStep(onInstance, instance).byHand(script, known);
        new CredentialHelperStep(onInstance, instance, Set.of(CloudFacts.IDENTITY_ATTACHED)).byHand(script, known);
        HelperPullStep.only(onInstance, instance).byHand(script, known);
        return script;
    }

    /** The registry's tier, as it is or will be. */
    static String sku(SetupRequest request, Known known) {
        return known.find(CloudFacts.REGISTRY)
                .map(RegistryInfo::sku)
                .orElse(request.registry().sku());
    }
}
