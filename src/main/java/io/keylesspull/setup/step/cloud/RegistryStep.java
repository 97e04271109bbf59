package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.NameAvailability;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.RegistryInfo.NetworkAccess;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Registries;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The container registry. */
public final class RegistryStep extends AzureStep {

    private final SetupRequest request;

    public RegistryStep(SetupRequest request, AzureSubscription azure) {
        super(
                StepId.shared("registry"),
                Text.of("setup.step.registry", request.registry().name()),
                Text.of("setup.subject.registry", request.registry().name()),
                Set.of(CloudFacts.RESOURCE_GROUP, CloudFacts.PROVIDERS),
                Set.of(CloudFacts.REGISTRY),
                azure);
        this.request = request;
    }

    @Override
    public Preview preview(Known known) throws AzureException, InterruptedException {
        Optional<RegistryInfo> found = azure().registries()
                .find(request.registryGroup(), request.registry().name());
        found.ifPresent(registry -> known.found(CloudFacts.REGISTRY, registry));
        return Preview.keepOrCreate(
                found.isPresent(),
                Text.of("setup.change.registry", request.registry().name()));
    }

    @Override
    public List<Preflight> checks(Known known) {
        String name = request.registry().name();
        Text what = Text.of(request.registry().create() ? "setup.check.registryName" : "setup.check.registry", name);
        Optional<RegistryInfo> found = known.find(CloudFacts.REGISTRY);
        Preflight registry = new Preflight(
                what,
                () -> found.isPresent()
                        ? reachable(found.get())
                        : request.registry().create()
                                ? nameIsFree(name)
                                : Finding.bad(Failure.of("setup.missing.registry", "", name, request.registryGroup())
                                        .problem()));
        return found.isPresent() || !request.registry().create()
                ? List.of(registry)
                : List.of(
                        locationKnown(request.location()),
                        registry,
                        mayCreate(request.registryGroup(), "Microsoft.ContainerRegistry/registries/write"));
    }

    private static Finding reachable(RegistryInfo registry) {
        return switch (registry.networkAccess()) {
            case ALL -> Finding.good();
            case SELECTED ->
                Finding.doubtful(Failure.of("setup.registryFirewall", "", registry.name())
                        .problem());
            case NONE ->
                Finding.bad(
                        Failure.of("setup.registryPrivate", "", registry.name()).problem());
        };
    }

    private Finding nameIsFree(String name) throws AzureException, InterruptedException {
        NameAvailability availability = azure().registries().checkName(name);
        return availability.available()
                ? Finding.good()
                : Finding.bad(Failure.of("setup.registryName", availability.reason(), name)
                        .problem());
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment("The container registry");
        String name = request.registryNameByHand();
        if (request.registry().create()) {
            if (!name.equals(request.registry().name())) {
                script.comment("(in lower case: the Azure CLI makes no registry with capitals)");
            }
            script.run(
                    "az",
                    "acr",
                    "create",
                    "--resource-group",
                    request.registryGroup(),
                    "--name",
                    name,
                    "--location",
                    request.location(),
                    "--sku",
                    request.registry().sku(),
                    "--output",
                    "none");
        }
        keep(script, "registryId", "id");
        keep(script, "loginServer", "loginServer");
    }

    private void keep(Script script, String variable, String property) {
        script.keep(
                variable,
                "az",
                "acr",
                "show",
                "--resource-group",
                request.registryGroup(),
                "--name",
                request.registryNameByHand(),
                "--query",
                property,
                "--output",
                "tsv");
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Registries registries = azure.registries();
        SetupRequest.Registry wanted = request.registry();
        Optional<OwnResources.Found<RegistryInfo>> found = new OwnResources(context, azure)
                .find(() -> registries.find(request.registryGroup(), wanted.name()), RegistryInfo::id);
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
        RegistryInfo made = registries.create(
                request.registryGroup(), wanted.name(), request.location(), wanted.sku(), telling(context));
        return established(context, made, Outcome.CREATED);
    }

    private Result established(StepContext context, RegistryInfo registry, Outcome outcome) throws Failure {
        if (registry.networkAccess() == NetworkAccess.NONE) {
            throw Failure.of("setup.registryPrivate", "", registry.name());
        }
        context.establish(CloudFacts.REGISTRY, registry);
        return new Result(
                outcome,
                Text.of(
                        "setup.registry." + registry.permissionMode().name().toLowerCase(Locale.ROOT),
                        registry.loginServer()));
    }
}
