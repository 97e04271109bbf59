package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Identities;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.machine.SetupFacts;
import io.keylesspull.text.Text;
import java.util.Optional;
import java.util.Set;

/** The user-assigned identity that all machines share. */
public final class IdentityStep extends AzureStep {

    private final SetupRequest request;

    public IdentityStep(SetupRequest request, AzureSubscription azure) {
        super(StepId.shared("identity"), Text.of("setup.step.identity", request.identity().name()),
                Text.of("setup.subject.identity", request.identity().name()),
                Set.of(SetupFacts.RESOURCE_GROUP, SetupFacts.PROVIDERS),
                Set.of(SetupFacts.IDENTITY, SetupFacts.PRINCIPAL_ID), azure);
        this.request = request;
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Identities identities = azure.identities();
        String name = request.identity().name();
        Optional<OwnResources.Found<IdentityInfo>> found = new OwnResources(context, azure).find(
                () -> identities.find(request.identityGroup(), name), IdentityInfo::id);
        if (found.isEmpty() && !request.identity().create()) {
            throw Failure.of("setup.missing.identity", "", name, request.identityGroup());
        }
        IdentityInfo identity = found.isPresent() ? found.get().resource()
                : identities.create(request.identityGroup(), name, request.location(), telling(context));
        context.establish(SetupFacts.IDENTITY, identity);
        context.establish(SetupFacts.PRINCIPAL_ID, identity.principalId());
        return new Result(found.map(OwnResources.Found::outcome).orElse(Outcome.CREATED),
                Text.of("setup.identity.principal", identity.principalId()));
    }
}
