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
import io.keylesspull.remote.Command;
import io.keylesspull.setup.fleet.ControlPlaneLimits;
import io.keylesspull.setup.fleet.ControlPlaneLimits.Bucket;
import io.keylesspull.setup.fleet.ManyMachines;
import io.keylesspull.setup.request.RepositoryScope;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.RepositoryCondition;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The role of an identity on the registry: of the shared one, or of one machine's own. */
public final class RoleAssignmentStep extends AzureStep {

    /** What the step is called in plans and events. */
    public static final String NAME = "role";

    /** A new principal takes a while to be known to every part of the directory; minutes have been reported. */
    private static final Retry PRINCIPAL_SPREADS = new Retry(
            Duration.ofMinutes(5), List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10)));

    /** The least that may grant roles. */
    private static final String ADMINISTRATOR = "Role Based Access Control Administrator";

    private final SetupRequest request;
    private final Optional<ManyMachines> many;

    /** @param machine whose own identity gets the role; empty for the one that all machines share */
    public RoleAssignmentStep(SetupRequest request, Optional<String> machine, AzureSubscription azure) {
        this(request, machine, Optional.empty(), azure);
    }

    /** @param many what it shares with others, if the machine is one of many */
    public RoleAssignmentStep(
            SetupRequest request, Optional<String> machine, Optional<ManyMachines> many, AzureSubscription azure) {
        super(
                new StepId(NAME, machine),
                Text.of("setup.step.role." + request.role().name()),
                Text.of("setup.subject.role", request.registry().name()),
                Set.of(CloudFacts.REGISTRY, CloudFacts.PRINCIPAL_ID),
                Set.of(CloudFacts.ROLE_ASSIGNMENT_ID),
                azure);
        this.request = request;
        this.many = many;
    }

    @Override
    public boolean waits() {
        return many.isPresent();
    }

    /** Azure counts what is asked of roles as all reads and writes of a subscription. */
    private void pace(StepContext context, Bucket bucket) throws InterruptedException {
        if (many.isPresent()) {
            many.get().pacer().await(context.time(), bucket, "", 1);
        }
    }

    @Override
    public Preview preview(Known known) throws AzureException, InterruptedException {
        Optional<RegistryInfo> registry = known.find(CloudFacts.REGISTRY);
        Optional<String> principal = known.find(CloudFacts.PRINCIPAL_ID);
        RegistryRole role = role(registry);
        String condition = role.condition(request.repositories());
        Optional<RoleAssignmentInfo> earlier = registry.isEmpty() || principal.isEmpty()
                ? Optional.empty()
                : azure().roleAssignments().find(registry.get().id(), role.definitionId(), principal.get(), condition);
        earlier.ifPresent(found -> known.found(CloudFacts.EARLIER_ROLE_ASSIGNMENT, found));
        Optional<RoleAssignmentInfo> granted = earlier.filter(found -> suffices(found, condition));
        granted.ifPresent(found -> known.found(CloudFacts.ROLE_ASSIGNMENT_ID, found.id()));
        Text what = id().machine().isPresent()
                ? Text.of(
                        "setup.change.roleOf",
                        role.roleName(),
                        request.registry().name(),
                        id().machine().get())
                : Text.of(
                        "setup.change.role", role.roleName(), request.registry().name());
        return granted.filter(found -> found.condition().isEmpty()).isPresent()
                ? Preview.keep(what)
                : Preview.keepOrCreate(granted.isPresent(), limited(what, role));
    }

    /** Whether the pull works with it. Without a condition it allows more than is wanted, which a check reports. */
    private static boolean suffices(RoleAssignmentInfo found, String condition) {
        return found.condition().isEmpty() || RoleAssignments.isSameCondition(found.condition(), condition);
    }

    /** What is shown of a role: with the repositories, if Azure limits it to them. */
    private Text limited(Text shown, RegistryRole role) {
        RepositoryScope scope = request.repositories();
        return role.condition(scope).isEmpty() ? shown : RepositoryCondition.limited(shown, scope);
    }

    /** A new registry gets the classic mode, which is Azure's default, unless the role is to be limited. */
    private RegistryRole role(Optional<RegistryInfo> registry) {
        PermissionMode asNew = request.repositories().isAll() ? PermissionMode.LEGACY : PermissionMode.ABAC;
        return RegistryRole.of(
                request.role(), registry.map(RegistryInfo::permissionMode).orElse(asNew));
    }

    @Override
    public List<Preflight> checks(Known known) {
        List<Preflight> checks = new ArrayList<>(repositories(known));
        if (known.find(CloudFacts.ROLE_ASSIGNMENT_ID).isEmpty()) {
            String scope =
                    known.find(CloudFacts.REGISTRY).map(RegistryInfo::id).orElse(groupId(request.registryGroup()));
            checks.add(ifThere(
                    request,
                    known,
                    mayDo(
                            Text.of("setup.check.roles"),
                            scope,
                            "Microsoft.Authorization/roleAssignments/write",
                            ADMINISTRATOR,
                            grant -> Failure.of("setup.noRoleRight", "", grant.command(), grant.on()))));
        }
        return checks;
    }

    /** Whether the role counts where it is to count. */
    private List<Preflight> repositories(Known known) {
        Optional<RegistryInfo> registry = known.find(CloudFacts.REGISTRY);
        Optional<RoleAssignmentInfo> earlier = known.find(CloudFacts.EARLIER_ROLE_ASSIGNMENT);
        RegistryRole role = role(registry);
        String condition = role.condition(request.repositories());
        boolean other = earlier.filter(found -> !suffices(found, condition)).isPresent();
        if (request.repositories().isAll() && !other) {
            return List.of();
        }
        Text what = id().machine().isPresent()
                ? Text.of(
                        "setup.check.repositoriesOf",
                        request.registry().name(),
                        id().machine().get())
                : Text.of("setup.check.repositories", request.registry().name());
        return List.of(new Preflight(what, () -> {
            if (other) {
                return Finding.bad(otherCondition(earlier.get(), role).problem());
            }
            if (condition.isEmpty()) {
                return Finding.bad(Failure.of(
                                "setup.repositoriesUnlimited",
                                "",
                                request.registry().name(),
                                azure().id())
                        .problem());
            }
            return earlier.filter(found -> found.condition().isEmpty())
                    .map(wider ->
                            Finding.doubtful(Failure.of("setup.roleWider", wider.id(), role.roleName(), deletion(wider))
                                    .problem()))
                    .orElseGet(Finding::good);
        }));
    }

    private static Failure otherCondition(RoleAssignmentInfo earlier, RegistryRole role) {
        return Failure.of("setup.roleOtherCondition", earlier.condition(), role.roleName(), deletion(earlier));
    }

    private static String deletion(RoleAssignmentInfo assignment) {
        return Command.of("az", "role", "assignment", "delete", "--ids", assignment.id())
                .shellLine();
    }

    @Override
    public void byHand(Script script, Known known) {
        Optional<RegistryInfo> registry = known.find(CloudFacts.REGISTRY);
        script.comment("The role on the registry");
        String condition = role(registry).condition(request.repositories());
        if (registry.isEmpty()
                && !request.registry().create()
                && request.repositories().isAll()) {
            script.comment("(if the registry's roleAssignmentMode is AbacRepositoryPermissions, it is \""
                    + RegistryRole.of(request.role(), PermissionMode.ABAC).roleName() + "\" instead)");
        }
        List<Script.Piece> words = new ArrayList<>(List.of(
                Script.text("az"),
                Script.text("role"),
                Script.text("assignment"),
                Script.text("create"),
                Script.text("--assignee-object-id"),
                Script.variable("principalId"),
                Script.text("--assignee-principal-type"),
                Script.text("ServicePrincipal"),
                Script.text("--role"),
                Script.text(role(registry).roleName()),
                Script.text("--scope"),
                Script.variable("registryId")));
        if (!condition.isEmpty()) {
            words.addAll(List.of(
                    Script.text("--condition"),
                    Script.text(condition),
                    Script.text("--condition-version"),
                    Script.text("2.0")));
        }
        words.addAll(List.of(Script.text("--output"), Script.text("none")));
        script.run(words);
    }

    @Override
    public void template(Template template, Known known) {
        RegistryRole role = role(known.find(CloudFacts.REGISTRY));
        String condition = role.condition(request.repositories());
        Part.Principal principal = principal();
        template.add(new Part.Grant(
                request.registryGroup(),
                known.find(CloudFacts.ROLE_ASSIGNMENT_ID).isPresent(),
                principal,
                new Part.Role(role.roleName(), role.definitionId()),
                condition,
                template.command("az", "role", "assignment", "create") + " --assignee-object-id \"$("
                        + template.command(principalByHand(principal)) + ")\""
                        + " --assignee-principal-type ServicePrincipal --role " + Script.word(role.roleName())
                        + " --scope \"$("
                        + template.command(shown("acr", request.registryGroup(), request.registryNameByHand(), "id"))
                        + ")\""
                        + conditionByHand(condition)));
    }

    private Part.Principal principal() {
        if (id().machine().isEmpty()) {
            return new Part.Principal.Shared();
        }
        String label = id().machine().get();
        return request.machines().stream()
                .filter(machine -> request.label(machine).equals(label))
                .<Part.Principal>map(machine -> new Part.Principal.OwnOf(machine.name(), request.machineGroup(machine)))
                .findFirst()
                .or(() -> request.clusters().stream()
                        .filter(cluster -> request.label(cluster).equals(label))
                        .<Part.Principal>map(
                                cluster -> new Part.Principal.KubeletOf(cluster.name(), request.clusterGroup(cluster)))
                        .findFirst())
                .orElseThrow();
    }

    private String[] principalByHand(Part.Principal principal) {
        if (principal instanceof Part.Principal.OwnOf own) {
            return shown("vm", own.group(), own.machine(), "identity.principalId");
        }
        return principal instanceof Part.Principal.KubeletOf kubelet
                ? shown("aks", kubelet.group(), kubelet.cluster(), "identityProfile.kubeletidentity.objectId")
                : shown("identity", request.identityGroup(), request.identity().name(), "principalId");
    }

    private static String[] shown(String kind, String group, String name, String property) {
        return new String[] {
            "az", kind, "show", "--resource-group", group, "--name", name, "--query", property, "--output", "tsv"
        };
    }

    private static String conditionByHand(String condition) {
        return condition.isEmpty() ? "" : " --condition " + Script.word(condition) + " --condition-version 2.0";
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        RoleAssignments roleAssignments = azure.roleAssignments();
        RegistryInfo registry = context.get(CloudFacts.REGISTRY);
        String principalId = context.get(CloudFacts.PRINCIPAL_ID);
        RegistryRole role = RegistryRole.of(request.role(), registry.permissionMode());
        String condition = role.condition(request.repositories());
        if (condition.isEmpty() && !request.repositories().isAll()) {
            throw Failure.of("setup.repositoriesUnlimited", "", registry.name(), azure.id());
        }
        pace(context, ControlPlaneLimits.READS);
        Optional<OwnResources.Found<RoleAssignmentInfo>> found = new OwnResources(context, azure)
                .find(
                        () -> roleAssignments.find(registry.id(), role.definitionId(), principalId, condition),
                        RoleAssignmentInfo::id);
        if (found.isPresent()) {
            return established(context, found.get().resource(), found.get().outcome(), role, condition);
        }
        RoleAssignmentInfo made = context.retry(PRINCIPAL_SPREADS, () -> {
            pace(context, ControlPlaneLimits.WRITES);
            return grant(context, roleAssignments, registry, role, principalId, condition);
        });
        return established(context, made, made.created() ? Outcome.CREATED : Outcome.FOUND, role, condition);
    }

    private Result established(
            StepContext context, RoleAssignmentInfo granted, Outcome outcome, RegistryRole role, String condition)
            throws Failure {
        if (!suffices(granted, condition)) {
            throw otherCondition(granted, role);
        }
        context.establish(CloudFacts.ROLE_ASSIGNMENT_ID, granted.id());
        Text shown = Text.of("setup.role.granted", role.roleName());
        return new Result(outcome, granted.condition().isEmpty() ? shown : limited(shown, role));
    }

    private static RoleAssignmentInfo grant(
            StepContext context,
            RoleAssignments roleAssignments,
            RegistryInfo registry,
            RegistryRole role,
            String principalId,
            String condition)
            throws NotYet, Failure, InterruptedException {
        Text subject = Text.of("setup.subject.role", registry.name());
        try {
            return roleAssignments.create(registry.id(), role.definitionId(), principalId, condition, telling(context));
        } catch (AzureException e) {
            if (e.kind() == AzureException.Kind.PRINCIPAL_NOT_FOUND) {
                throw new NotYet(Text.of("setup.role.principalUnknown"), AzureFailures.problem(subject, e));
            }
            throw AzureFailures.failure(subject, e);
        }
    }
}
