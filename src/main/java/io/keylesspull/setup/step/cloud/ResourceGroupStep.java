package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceGroupInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.ResourceGroups;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.machine.SetupFacts;
import io.keylesspull.text.Text;
import java.util.Optional;
import java.util.Set;

/** The resource group that new things go into. */
public final class ResourceGroupStep extends AzureStep {

    private final SetupRequest request;

    public ResourceGroupStep(SetupRequest request, AzureSubscription azure) {
        super(StepId.shared("resource-group"), Text.of("setup.step.resourceGroup", request.resourceGroup().name()),
                Text.of("setup.subject.resourceGroup", request.resourceGroup().name()),
                Set.of(), Set.of(SetupFacts.RESOURCE_GROUP), azure);
        this.request = request;
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        ResourceGroups groups = azure.resourceGroups();
        SetupRequest.ResourceGroup wanted = request.resourceGroup();
        Optional<OwnResources.Found<ResourceGroupInfo>> found =
                new OwnResources(context, azure).find(() -> groups.find(wanted.name()), ResourceGroupInfo::id);
        if (found.isEmpty() && !wanted.create()) {
            throw Failure.of("setup.missing.resourceGroup", "", wanted.name());
        }
        if (found.isPresent()) {
            ResourceGroupInfo group = found.get().resource();
            context.establish(SetupFacts.RESOURCE_GROUP, group);
            return new Result(found.get().outcome(), Text.of("setup.found.in", group.location()));
        }
        ResourceGroupInfo made = groups.create(wanted.name(), request.location(), telling(context));
        context.establish(SetupFacts.RESOURCE_GROUP, made);
        return new Result(Outcome.CREATED, Text.of("setup.created.in", made.location()));
    }
}
