package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.NameAvailability;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Registries;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.machine.SetupFacts;
import io.keylesspull.text.Text;
import java.util.Optional;
import java.util.Set;

/** The container registry. */
public final class RegistryStep extends AzureStep {

    private final SetupRequest request;

    public RegistryStep(SetupRequest request, AzureSubscription azure) {
        super(StepId.shared("registry"), Text.of("setup.step.registry", request.registry().name()),
                Text.of("setup.subject.registry", request.registry().name()),
                Set.of(SetupFacts.RESOURCE_GROUP, SetupFacts.PROVIDERS), Set.of(SetupFacts.REGISTRY), azure);
        this.request = request;
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Registries registries = azure.registries();
        SetupRequest.Registry wanted = request.registry();
        Optional<OwnResources.Found<RegistryInfo>> found = new OwnResources(context, azure).find(
                () -> registries.find(request.registryGroup(), wanted.name()), RegistryInfo::id);
        if (found.isPresent()) {
            return established(context, found.get().resource(), found.get().outcome());
        }
        if (!wanted.create()) {
            throw Failure.of("setup.missing.registry", "", wanted.name(), request.registryGroup());
        }
        NameAvailability name = registries.checkName(wanted.name());
        if (!name.available()) {
            throw Failure.of("setup.registryName", name.reason(), wanted.name());
        }
        RegistryInfo made = registries.create(request.registryGroup(), wanted.name(), request.location(), wanted.sku(),
                telling(context));
        return established(context, made, Outcome.CREATED);
    }

    private Result established(StepContext context, RegistryInfo registry, Outcome outcome) throws Failure {
        if (!registry.publicNetworkAccess()) {
            throw Failure.of("setup.registryPrivate", "", registry.name());
        }
        context.establish(SetupFacts.REGISTRY, registry);
        return new Result(outcome, Text.of("setup.registry." + registry.permissionMode().name().toLowerCase(
                java.util.Locale.ROOT), registry.loginServer()));
    }
}
