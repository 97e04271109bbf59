package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceGroupInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Policies;
import io.keylesspull.azure.resource.ResourceGroups;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Grant;
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

/** The resource group that new things go into. */
public final class ResourceGroupStep extends AzureStep {

    private static final String CREATE = "Microsoft.Resources/subscriptions/resourceGroups/write";

    private final SetupRequest request;

    public ResourceGroupStep(SetupRequest request, AzureSubscription azure) {
        super(
                StepId.shared("resource-group"),
                Text.of("setup.step.resourceGroup", request.resourceGroup().name()),
                Text.of("setup.subject.resourceGroup", request.resourceGroup().name()),
                Set.of(),
                Set.of(CloudFacts.RESOURCE_GROUP),
                azure);
        this.request = request;
    }

    @Override
    public Preview preview(Known known) throws AzureException, InterruptedException {
        Optional<ResourceGroupInfo> found =
                azure().resourceGroups().find(request.resourceGroup().name());
        found.ifPresent(group -> known.found(CloudFacts.RESOURCE_GROUP, group));
        return Preview.keepOrCreate(
                found.isPresent(),
                Text.of("setup.change.resourceGroup", request.resourceGroup().name()));
    }

    @Override
    public List<Preflight> checks(Known known) {
        String name = request.resourceGroup().name();
        boolean there = known.find(CloudFacts.RESOURCE_GROUP).isPresent();
        if (!there && request.resourceGroup().create()) {
            return List.of(
                    locationKnown(request.location()),
                    mayDo(
                            Text.of("setup.check.create", subject()),
                            groupId(name),
                            CREATE,
                            Grant.CONTRIBUTOR,
                            grant -> Failure.of("setup.noGroupRight", CREATE, name, grant.command())),
                    policies(
                            Text.of("setup.check.policies.group"),
                            Optional.empty(),
                            List.of(new Policies.Resource(
                                    "Microsoft.Resources/subscriptions/resourceGroups",
                                    "2024-03-01",
                                    request.location(),
                                    Map.of()))));
        }
        return List.of(new Preflight(
                Text.of("setup.check.resourceGroup", name),
                () -> there
                        ? Finding.good()
                        : Finding.bad(Failure.of("setup.missing.resourceGroup", "", name, azure().id())
                                .problem())));
    }

    @Override
    public void byHand(Script script, Known known) {
        if (request.resourceGroup().create()) {
            script.comment("The resource group");
            script.run(creating());
        }
    }

    @Override
    public void template(Template template, Known known) {
        boolean there = !request.resourceGroup().create()
                || known.find(CloudFacts.RESOURCE_GROUP).isPresent();
        template.add(new Part.Group(request.resourceGroup().name(), there, template.command(creating())));
    }

    private String[] creating() {
        return new String[] {
            "az", "group", "create", "--name", request.resourceGroup().name(), "--location", request.location()
        };
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        ResourceGroups groups = azure.resourceGroups();
        SetupRequest.ResourceGroup wanted = request.resourceGroup();
        Optional<OwnResources.Found<ResourceGroupInfo>> found =
                new OwnResources(context, azure).find(() -> groups.find(wanted.name()), ResourceGroupInfo::id);
        if (found.isEmpty() && !wanted.create()) {
            throw Failure.of("setup.missing.resourceGroup", "", wanted.name(), azure.id());
        }
        if (found.isPresent()) {
            ResourceGroupInfo group = found.get().resource();
            context.establish(CloudFacts.RESOURCE_GROUP, group);
            return new Result(found.get().outcome(), Text.of("setup.found.in", group.location()));
        }
        ResourceGroupInfo made = groups.create(wanted.name(), request.location(), telling(context));
        context.establish(CloudFacts.RESOURCE_GROUP, made);
        return new Result(Outcome.CREATED, Text.of("setup.created.in", made.location()));
    }
}
