package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.azure.model.Location;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Policies;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.setup.request.Nearest;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.Grant;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A step that works on one resource in Azure. Azure's errors are reported with the resource's name. */
public abstract class AzureStep extends SetupStep {

    private static final int LIKELY_LOCATIONS = 5;

    private static final String ASSIGN = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";
    private static final String RUN_COMMAND = "Microsoft.Compute/virtualMachines/runCommand/action";

    private final Text subject;
    private final AzureSubscription azure;

    /** @param subject the resource, as a problem names it */
    public AzureStep(
            StepId id,
            Text title,
            Text subject,
            Set<Fact<?>> needs,
            Set<Fact<?>> establishes,
            AzureSubscription azure) {
        super(id, title, needs, establishes);
        this.subject = subject;
        this.azure = azure;
    }

    @Override
    public final Result run(StepContext context) throws Failure, InterruptedException {
        AzureSubscription listening = azure.withWaitListener(
                waiting -> context.waiting(waiting.reason(), waiting.attempt(), waiting.next(), waiting.left()));
        return context.retry(PassingRefusal.UNTIL_FREE, () -> attempt(context, listening));
    }

    /** Starts from the beginning, and finds what is done already. */
    private Result attempt(StepContext context, AzureSubscription listening)
            throws NotYet, Failure, InterruptedException {
        try {
            return ensure(context, listening);
        } catch (AzureException e) {
            Optional<Text> passing = new PassingRefusal(context, listening).reason(e);
            if (passing.isPresent()) {
                throw new NotYet(passing.get(), AzureFailures.problem(subject, e));
            }
            throw AzureFailures.failure(subject, e);
        }
    }

    /** The resource, as a problem names it. */
    protected final Text subject() {
        return subject;
    }

    /** For reading before a run. */
    protected final AzureSubscription azure() {
        return azure;
    }

    /**
     * A check that the account may do something.
     *
     * @param what the right, in words
     * @param scope the id of the resource, or of the group or subscription that it will be in
     * @param action such as {@code Microsoft.Compute/virtualMachines/write}
     * @param role that has the right
     * @param missing makes the problem if it may not, from the role that is missing
     */
    protected final Preflight mayDo(
            Text what, String scope, String action, String role, Function<Grant.Missing, Failure> missing) {
        Grant grant = new Grant(azure);
        return new Preflight(
                what,
                () -> azure.permissions().allowed(scope, action)
                        ? Finding.good()
                        : Finding.bad(missing.apply(grant.missing(role, scope)).problem()));
    }

    /**
     * What the subscription offers is read at the subscription, where somebody with rights in a group may have none.
     */
    private Preflight.Look ifReadable(Preflight.Look look) {
        return () -> {
            try {
                return look.look();
            } catch (AzureException e) {
                if (e.kind() == AzureException.Kind.FORBIDDEN) {
                    return Finding.doubtful(Failure.of(
                                    "setup.offerUnread",
                                    e.getMessage(),
                                    new Grant(azure).command("Reader", "/subscriptions/" + azure.id()))
                            .problem());
                }
                throw e;
            }
        };
    }

    /**
     * A check that the subscription has a location. What is made lies there; several steps may ask, it is made once.
     */
    protected final Preflight locationKnown(String location) {
        return new Preflight(locationCheck(location), ifReadable(() -> {
            List<String> known =
                    azure.regions().locations().stream().map(Location::name).toList();
            return known.stream().anyMatch(location::equalsIgnoreCase)
                    ? Finding.good()
                    : Finding.bad(Failure.of(
                                    "setup.locationUnknown",
                                    "",
                                    location,
                                    String.join(", ", Nearest.several(location, known, LIKELY_LOCATIONS)))
                            .problem());
        }));
    }

    /** A check of what a location offers, which says nothing more if there is no such location. */
    protected final Preflight inLocation(String location, Text what, Preflight.Look look) {
        return new Preflight(what, ifReadable(look)).ifNotBad(locationCheck(location));
    }

    /** Checks that a location offers what new machines need, and that the quotas are enough for all of the run. */
    protected final List<Preflight> offered(SetupRequest request, MachineOffer offer, Known known) {
        String location = request.location();
        List<Preflight> checks = new ArrayList<>();
        if (offer.size().isEmpty()) {
            checks.add(inLocation(location, Text.of("setup.check.openSize", location), offer.looksForSize()));
        } else {
            checks.add(inLocation(location, offer.sizeCheck(), offer.looksForSize()));
            checks.add(inLocation(
                    location,
                    Text.of("setup.check.machineImage", offer.image(), offer.size(), location),
                    offer.looksForImage()));
        }
        checks.add(inLocation(
                location,
                Text.of("setup.check.quota", location),
                offer.looksForQuota(MachineOffer.sizesOfAll(request, known))));
        return checks;
    }

    private static Text locationCheck(String location) {
        return Text.of("setup.check.location", location);
    }

    /**
     * A check that no policy refuses what the run would make.
     *
     * @param what the resources in words; several steps may ask for the same, it is made once
     * @param group where they would be made; empty for a resource group itself
     */
    protected final Preflight policies(Text what, Optional<String> group, List<Policies.Resource> resources) {
        return new Preflight(what, () -> {
            try {
                List<Policies.Denial> denials = new ArrayList<>();
                for (Policies.Resource resource : resources) {
                    denials.addAll(azure.policies().denials(group, resource));
                }
                return denials.stream()
                        .max(Comparator.comparing(Policies.Denial::certain))
                        .map(denial -> denied(denial, group.map(this::groupId).orElse("/subscriptions/" + azure.id())))
                        .orElseGet(Finding::good);
            } catch (AzureException e) {
                String scope = group.map(this::groupId).orElse("/subscriptions/" + azure.id());
                return Finding.unchecked(Failure.of(
                                "setup.policiesUnread",
                                e.getMessage(),
                                Command.of("az", "policy", "assignment", "list", "--scope", scope)
                                        .shellLine())
                        .problem());
            }
        });
    }

    private static Finding denied(Policies.Denial denial, String scope) {
        Problem problem = Failure.of(
                        denial.certain() ? "setup.policyDenies" : "setup.policyMayDeny",
                        denial.message() + "\n" + denial.assignmentId(),
                        denial.name(),
                        Command.of(
                                        "az",
                                        "policy",
                                        "exemption",
                                        "create",
                                        "--name",
                                        "keyless-pull",
                                        "--policy-assignment",
                                        denial.assignmentId(),
                                        "--exemption-category",
                                        "Waiver",
                                        "--scope",
                                        scope)
                                .shellLine())
                .problem();
        return denial.certain() ? Finding.bad(problem) : Finding.doubtful(problem);
    }

    /** A check that the account may create the step's resource. @param group the group that it will be in */
    protected final Preflight mayCreate(String group, String action) {
        return mayDo(
                Text.of("setup.check.create", subject),
                groupId(group),
                action,
                Grant.CONTRIBUTOR,
                grant -> Failure.of("setup.noCreateRight", action, subject, grant.on(), grant.command()));
    }

    /**
     * A check that the account may give the request's user-assigned identity to machines, which is a right at the
     * identity.
     *
     * @param known may hold the identity
     */
    protected final Preflight mayAssign(SetupRequest request, Known known) {
        String name = request.identity().name();
        return mayDo(
                        Text.of("setup.check.assign", name),
                        known.find(CloudFacts.IDENTITY).map(IdentityInfo::id).orElse(groupId(request.identityGroup())),
                        ASSIGN,
                        "Managed Identity Operator",
                        grant -> Failure.of("setup.noAssignRight", ASSIGN, name, grant.command(), grant.on()))
                .ifNotBad(identityCheck(name));
    }

    /** The subject of the check of an identity that is not made by the run. */
    static Text identityCheck(String name) {
        return Text.of("setup.check.identity", name);
    }

    /** The same check, which is not made if the request's registry is missing and the run does not make it. */
    protected static Preflight ifThere(SetupRequest request, Known known, Preflight check) {
        boolean expected =
                !request.registry().create() && known.find(CloudFacts.REGISTRY).isEmpty();
        return expected ? check.ifNotBad(registryCheck(request.registry().name())) : check;
    }

    /** The subject of the check of a registry that is not made by the run. */
    static Text registryCheck(String name) {
        return Text.of("setup.check.registry", name);
    }

    /**
     * A check that the account may use Run Command on a machine.
     *
     * @param scope the id of the machine, or of the group that it will be in
     */
    protected final Preflight mayRunCommand(String machine, String scope) {
        return mayDo(
                Text.of("setup.check.runCommand", machine),
                scope,
                RUN_COMMAND,
                Grant.MACHINES,
                grant -> Failure.of("setup.noRunCommandRight", RUN_COMMAND, machine, grant.command(), grant.on()));
    }

    protected final String groupId(String group) {
        return "/subscriptions/" + azure.id() + "/resourceGroups/" + group;
    }

    /** @param azure reports the waits of its requests to the run */
    protected abstract Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException;

    /** Reports each resource to the run before it is created. */
    public static ResourceListener telling(StepContext context) {
        return new ResourceListener() {
            @Override
            public void creating(String resourceId) {
                context.creating(resourceId);
            }

            @Override
            public void created(String resourceId) {
                context.created(resourceId);
            }
        };
    }
}
