package io.keylesspull.setup.step;

import io.keylesspull.azure.AzureException;
import io.keylesspull.azure.AzureSubscription;
import io.keylesspull.azure.NameAvailability;
import io.keylesspull.azure.Registries;
import io.keylesspull.azure.RegistryInfo;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.SetupRequest;
import io.keylesspull.text.Text;
import java.util.Optional;
import java.util.Set;

/** The container registry. */
final class RegistryStep extends AzureStep {

    private final SetupRequest request;

    RegistryStep(SetupRequest request, AzureSubscription azure) {
        super(StepId.shared("registry"), Text.of("setup.step.registry", request.registry().name()),
                Text.of("setup.subject.registry", request.registry().name()),
                Set.of(SetupFacts.RESOURCE_GROUP, SetupFacts.PROVIDERS), Set.of(SetupFacts.REGISTRY), azure);
        this.request = request;
    }

    @Override
    Result ensure(StepContext context, AzureSubscription azure)
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
