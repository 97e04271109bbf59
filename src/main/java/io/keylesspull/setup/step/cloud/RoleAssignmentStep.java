package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
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
import io.keylesspull.setup.request.SetupRequest.Role;
import io.keylesspull.setup.step.machine.SetupFacts;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The role of an identity on the registry: of the shared one, or of one machine's own. */
public final class RoleAssignmentStep extends AzureStep {

    /** A new principal takes a while to be known to every part of the directory; minutes have been reported. */
    private static final Retry PRINCIPAL_SPREADS = new Retry(Duration.ofMinutes(5),
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10)));

    private final Role wanted;

    public RoleAssignmentStep(Optional<String> machine, Role wanted, String registryName, AzureSubscription azure) {
        super(new StepId("role", machine), Text.of("setup.step.role." + wanted.name()),
                Text.of("setup.subject.role", registryName),
                Set.of(SetupFacts.REGISTRY, SetupFacts.PRINCIPAL_ID), Set.of(SetupFacts.ROLE_ASSIGNMENT_ID), azure);
        this.wanted = wanted;
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        RoleAssignments roleAssignments = azure.roleAssignments();
        RegistryInfo registry = context.get(SetupFacts.REGISTRY);
        String principalId = context.get(SetupFacts.PRINCIPAL_ID);
        RegistryRole role = RegistryRole.of(wanted, registry.permissionMode());
        Optional<OwnResources.Found<String>> found = new OwnResources(context, azure).find(
                () -> roleAssignments.find(registry.id(), role.definitionId(), principalId), id -> id);
        if (found.isPresent()) {
            context.establish(SetupFacts.ROLE_ASSIGNMENT_ID, found.get().resource());
            return new Result(found.get().outcome(), Text.of("setup.role.granted", role.roleName()));
        }
        RoleAssignmentInfo made = context.retry(PRINCIPAL_SPREADS, () -> grant(context, roleAssignments, registry, role, principalId));
        context.establish(SetupFacts.ROLE_ASSIGNMENT_ID, made.id());
        return new Result(made.created() ? Outcome.CREATED : Outcome.FOUND,
                Text.of("setup.role.granted", role.roleName()));
    }

    private static RoleAssignmentInfo grant(StepContext context, RoleAssignments roleAssignments,
                                            RegistryInfo registry, RegistryRole role, String principalId)
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
