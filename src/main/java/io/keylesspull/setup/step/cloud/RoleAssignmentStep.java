package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.RoleAssignmentInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.RoleAssignments;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The role of an identity on the registry: of the shared one, or of one machine's own. */
public final class RoleAssignmentStep extends AzureStep {

    /** A new principal takes a while to be known to every part of the directory; minutes have been reported. */
    private static final Retry PRINCIPAL_SPREADS = new Retry(
            Duration.ofMinutes(5), List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10)));

    private final SetupRequest request;

    /** @param machine whose own identity gets the role; empty for the one that all machines share */
    public RoleAssignmentStep(SetupRequest request, Optional<String> machine, AzureSubscription azure) {
        super(
                new StepId("role", machine),
                Text.of("setup.step.role." + request.role().name()),
                Text.of("setup.subject.role", request.registry().name()),
                Set.of(CloudFacts.REGISTRY, CloudFacts.PRINCIPAL_ID),
                Set.of(CloudFacts.ROLE_ASSIGNMENT_ID),
                azure);
        this.request = request;
    }

    @Override
    public Preview preview(Known known) throws AzureException, InterruptedException {
        Optional<RegistryInfo> registry = known.find(CloudFacts.REGISTRY);
        Optional<String> principal = known.find(CloudFacts.PRINCIPAL_ID);
        RegistryRole role = role(registry);
        Optional<String> granted = registry.isEmpty() || principal.isEmpty()
                ? Optional.empty()
                : azure().roleAssignments().find(registry.get().id(), role.definitionId(), principal.get());
        granted.ifPresent(id -> known.found(CloudFacts.ROLE_ASSIGNMENT_ID, id));
        return Preview.keepOrCreate(
                granted.isPresent(),
                id().machine().isPresent()
                        ? Text.of(
                                "setup.change.roleOf",
                                role.roleName(),
                                request.registry().name(),
                                id().machine().get())
                        : Text.of(
                                "setup.change.role",
                                role.roleName(),
                                request.registry().name()));
    }

    /** A new registry gets the classic mode, which is Azure's default. */
    private RegistryRole role(Optional<RegistryInfo> registry) {
        return RegistryRole.of(
                request.role(), registry.map(RegistryInfo::permissionMode).orElse(PermissionMode.LEGACY));
    }

    @Override
    public List<Preflight> checks(Known known) {
        if (known.find(CloudFacts.ROLE_ASSIGNMENT_ID).isPresent()) {
            return List.of();
        }
        String scope = known.find(CloudFacts.REGISTRY).map(RegistryInfo::id).orElse(groupId(request.registryGroup()));
        return List.of(mayDo(
                Text.of("setup.check.roles"),
                scope,
                "Microsoft.Authorization/roleAssignments/write",
                Failure.of("setup.noRoleRight", "").problem()));
    }

    @Override
    public void byHand(Script script, Known known) {
        Optional<RegistryInfo> registry = known.find(CloudFacts.REGISTRY);
        script.comment("The role on the registry");
        if (registry.isEmpty() && !request.registry().create()) {
            script.comment("(if the registry's roleAssignmentMode is AbacRepositoryPermissions, it is \""
                    + RegistryRole.of(request.role(), PermissionMode.ABAC).roleName() + "\" instead)");
        }
        script.raw("az role assignment create --assignee-object-id \"$principalId\""
                + " --assignee-principal-type ServicePrincipal --role "
                + Script.word(role(registry).roleName())
                + " --scope \"$registryId\" --output none");
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        RoleAssignments roleAssignments = azure.roleAssignments();
        RegistryInfo registry = context.get(CloudFacts.REGISTRY);
        String principalId = context.get(CloudFacts.PRINCIPAL_ID);
        RegistryRole role = RegistryRole.of(request.role(), registry.permissionMode());
        Optional<OwnResources.Found<String>> found = new OwnResources(context, azure)
                .find(() -> roleAssignments.find(registry.id(), role.definitionId(), principalId), id -> id);
        if (found.isPresent()) {
            context.establish(CloudFacts.ROLE_ASSIGNMENT_ID, found.get().resource());
            return new Result(found.get().outcome(), Text.of("setup.role.granted", role.roleName()));
        }
        RoleAssignmentInfo made =
                context.retry(PRINCIPAL_SPREADS, () -> grant(context, roleAssignments, registry, role, principalId));
        context.establish(CloudFacts.ROLE_ASSIGNMENT_ID, made.id());
        return new Result(
                made.created() ? Outcome.CREATED : Outcome.FOUND, Text.of("setup.role.granted", role.roleName()));
    }

    private static RoleAssignmentInfo grant(
            StepContext context,
            RoleAssignments roleAssignments,
            RegistryInfo registry,
            RegistryRole role,
            String principalId)
            throws NotYet, Failure, InterruptedException {
        Text subject = Text.of("setup.subject.role", registry.name());
        try {
            return roleAssignments.create(registry.id(), role.definitionId(), principalId, telling(context));
        } catch (AzureException e) {
            if (e.kind() == AzureException.Kind.PRINCIPAL_NOT_FOUND) {
                throw new NotYet(Text.of("setup.role.principalUnknown"), AzureFailures.problem(subject, e));
            }
            throw AzureFailures.failure(subject, e);
        }
    }
}
