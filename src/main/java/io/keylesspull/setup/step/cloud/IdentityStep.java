package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Identities;
import io.keylesspull.azure.resource.Policies;
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
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The user-assigned identity that all machines share. */
public final class IdentityStep extends AzureStep {

    /** What the step is called in plans and events. */
    public static final String NAME = "identity";

    private final SetupRequest request;

    public IdentityStep(SetupRequest request, AzureSubscription azure) {
        super(
                StepId.shared(NAME),
                Text.of("setup.step.identity", request.identity().name()),
                Text.of("setup.subject.identity", request.identity().name()),
                Set.of(CloudFacts.RESOURCE_GROUP, CloudFacts.PROVIDERS),
                Set.of(CloudFacts.IDENTITY, CloudFacts.PRINCIPAL_ID),
                azure);
        this.request = request;
    }

    @Override
    public Preview preview(Known known) throws AzureException, InterruptedException {
        Optional<IdentityInfo> found = azure().identities()
                .find(request.identityGroup(), request.identity().name());
        found.ifPresent(identity -> {
            known.found(CloudFacts.IDENTITY, identity);
            known.found(CloudFacts.PRINCIPAL_ID, identity.principalId());
        });
        return Preview.keepOrCreate(
                found.isPresent(),
                Text.of("setup.change.identity", request.identity().name()));
    }

    @Override
    public List<Preflight> checks(Known known) {
        String name = request.identity().name();
        boolean there = known.find(CloudFacts.IDENTITY).isPresent();
        if (request.identity().create()) {
            return there
                    ? List.of()
                    : List.of(
                            locationKnown(request.location()),
                            mayCreate(
                                    request.identityGroup(), "Microsoft.ManagedIdentity/userAssignedIdentities/write"),
                            policies(
                                    Text.of("setup.check.policies.identity", request.identityGroup()),
                                    Optional.of(request.identityGroup()),
                                    List.of(new Policies.Resource(
                                            "Microsoft.ManagedIdentity/userAssignedIdentities",
                                            "2023-01-31",
                                            request.location(),
                                            Map.of()))));
        }
        return List.of(new Preflight(
                identityCheck(name),
                () -> there
                        ? Finding.good()
                        : Finding.bad(
                                Failure.of("setup.missing.identity", "", name, request.identityGroup(), azure().id())
                                        .problem())));
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment("The user-assigned managed identity");
        String name = request.identity().name();
        if (request.identity().create()) {
            script.run(
                    "az",
                    "identity",
                    "create",
                    "--resource-group",
                    request.identityGroup(),
                    "--name",
                    name,
                    "--location",
                    request.location(),
                    "--output",
                    "none");
        }
        keep(script, "identityId", "id");
        keep(script, "principalId", "principalId");
        if (request.access().credentialHelper()) {
            keep(script, "clientId", "clientId");
        }
    }

    @Override
    public void template(Template template, Known known) {
        template.add(new Part.Identity(
                request.identity().name(),
                request.identityGroup(),
                known.find(CloudFacts.IDENTITY).isPresent()
                        || !request.identity().create()));
    }

    private void keep(Script script, String variable, String property) {
        script.keep(variable, showing(request, property));
    }

    /** The command that prints a property of the identity, for a person to type. */
    static String[] showing(SetupRequest request, String property) {
        return new String[] {
            "az",
            "identity",
            "show",
            "--resource-group",
            request.identityGroup(),
            "--name",
            request.identity().name(),
            "--query",
            property,
            "--output",
            "tsv"
        };
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Identities identities = azure.identities();
        String name = request.identity().name();
        Optional<OwnResources.Found<IdentityInfo>> found = new OwnResources(context, azure)
                .find(() -> identities.find(request.identityGroup(), name), IdentityInfo::id);
        if (found.isEmpty() && !request.identity().create()) {
            throw Failure.of("setup.missing.identity", "", name, request.identityGroup(), azure().id());
        }
        IdentityInfo identity = found.isPresent()
                ? found.get().resource()
                : identities.create(request.identityGroup(), name, request.location(), telling(context));
        context.establish(CloudFacts.IDENTITY, identity);
        context.establish(CloudFacts.PRINCIPAL_ID, identity.principalId());
        return new Result(
                found.map(OwnResources.Found::outcome).orElse(Outcome.CREATED),
                Text.of("setup.identity.principal", identity.principalId()));
    }
}
