package io.keylesspull.setup.step;

import io.keylesspull.azure.AzureException;
import io.keylesspull.azure.NetworkInfo;
import io.keylesspull.azure.Networks;
import io.keylesspull.engine.Failure;
import io.keylesspull.engine.Outcome;
import io.keylesspull.engine.StepContext;
import io.keylesspull.engine.StepId;
import io.keylesspull.setup.SetupRequest;
import io.keylesspull.text.Text;
import java.util.Set;

/** What a new machine hangs on: virtual network, security group that lets SSH in, public address, interface. */
final class NetworkStep extends AzureStep {

    private final SetupRequest request;
    private final SetupRequest.Machine machine;
    private final String allowSshFrom;
    private final Networks networks;

    /** @param allowSshFrom CIDR */
    NetworkStep(SetupRequest request, SetupRequest.Machine machine, String allowSshFrom, Networks networks) {
        super(StepId.on(machine.name(), "network"), Text.of("setup.step.network"),
                Text.of("setup.subject.network", machine.name()),
                Set.of(SetupFacts.RESOURCE_GROUP), Set.of(SetupFacts.NETWORK));
        this.request = request;
        this.machine = machine;
        this.allowSshFrom = allowSshFrom;
        this.networks = networks;
    }

    @Override
    Result ensure(StepContext context) throws AzureException, Failure, InterruptedException {
        NetworkInfo network = networks.ensure(request.machineGroup(machine), request.location(), machine.name(),
                allowSshFrom, telling(context));
        context.establish(SetupFacts.NETWORK, network);
        return new Result(network.created() ? Outcome.CREATED : Outcome.FOUND,
                Text.of("setup.network.address", network.publicIp(), allowSshFrom));
    }
}
