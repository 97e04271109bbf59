package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Networks;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.machine.SetupFacts;
import io.keylesspull.text.Text;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a new machine hangs on: virtual network, security group that lets SSH in, public address, interface. */
public final class NetworkStep extends AzureStep {

    private final SetupRequest request;
    private final SetupRequest.Machine machine;
    private final String allowSshFrom;

    /** @param allowSshFrom CIDR */
    public NetworkStep(SetupRequest request, SetupRequest.Machine machine, String allowSshFrom, AzureSubscription azure) {
        super(StepId.on(machine.name(), "network"), Text.of("setup.step.network"),
                Text.of("setup.subject.network", machine.name()),
                Set.of(SetupFacts.RESOURCE_GROUP, SetupFacts.PROVIDERS), Set.of(SetupFacts.NETWORK), azure);
        this.request = request;
        this.machine = machine;
        this.allowSshFrom = allowSshFrom;
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Networks networks = azure.networks();
        OwnResources own = new OwnResources(context, azure);
        AtomicBoolean made = new AtomicBoolean();
        for (String id : networks.ids(request.machineGroup(machine), machine.name())) {
            made.set(own.settle(id) || made.get());
        }
        NetworkInfo network = networks.ensure(request.machineGroup(machine), request.location(), machine.name(),
                allowSshFrom, noting(made, telling(context)));
        context.establish(SetupFacts.NETWORK, network);
        return new Result(made.get() ? Outcome.CREATED : Outcome.FOUND,
                Text.of("setup.network.address", network.publicIp().orElse("–"), allowSshFrom));
    }

    private static ResourceListener noting(AtomicBoolean made, ResourceListener listener) {
        return new ResourceListener() {
            @Override
            public void creating(String resourceId) {
                made.set(true);
                listener.creating(resourceId);
            }

            @Override
            public void created(String resourceId) {
                listener.created(resourceId);
            }
        };
    }
}
