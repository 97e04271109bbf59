package io.keylesspull.setup.step.fleet;

import io.keylesspull.azure.deployment.DeploymentContent;
import io.keylesspull.azure.deployment.DeploymentInfo;
import io.keylesspull.azure.deployment.Deployments;
import io.keylesspull.azure.deployment.ScaleSetInfo;
import io.keylesspull.azure.deployment.TemplateChange;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Policies;
import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.export.Deployable;
import io.keylesspull.setup.fleet.RegistryLimits;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.ScaleSet;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.Grant;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.ResourceWords;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.cloud.AzureStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.cloud.MachineOffer;
import io.keylesspull.setup.step.cloud.OwnResources;
import io.keylesspull.setup.step.cloud.Shortage;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A new scale set and its network, in one deployment that Azure carries out. The deployment has the run's name, by
 * which a run that was killed finds it again.
 */
public final class ScaleSetStep extends AzureStep {

    /** What whoever deploys needs at the group, beside the rights to make what is deployed. */
    private static final List<String> DEPLOYING = List.of(
            "Microsoft.Resources/deployments/write",
            "Microsoft.Resources/deployments/validate/action",
            "Microsoft.Resources/deployments/whatIf/action",
            "Microsoft.Resources/deployments/operations/read");

    private static final String RUN_COMMAND = "Microsoft.Compute/virtualMachines/runCommand/action";

    private final SetupRequest request;
    private final ScaleSet set;
    private final FleetTemplate template;
    private final String label;

    public ScaleSetStep(SetupRequest request, ScaleSet set, AzureSubscription azure) {
        super(
                StepId.on(request.label(set), "scale-set"),
                Text.of("setup.step.scaleSet", String.valueOf(set.instances())),
                Text.of("setup.subject.scaleSet", request.label(set)),
                Set.of(
                        CloudFacts.RESOURCE_GROUP,
                        CloudFacts.PROVIDERS,
                        CloudFacts.REGISTRY,
                        CloudFacts.IDENTITY,
                        CloudFacts.SSH_KEY),
                Set.of(CloudFacts.SCALE_SET),
                azure);
        this.request = request;
        this.set = set;
        this.template = new FleetTemplate(request, set);
        this.label = request.label(set);
    }

    private Text words() {
        return set.sizeIsOpen()
                ? Text.of("setup.change.scaleSet", label, String.valueOf(set.instances()))
                : Text.of("setup.change.newScaleSet", label, String.valueOf(set.instances()), set.size());
    }

    @Override
    public Preview preview(Known known) throws AzureException, InterruptedException {
        Optional<ScaleSetInfo> found = azure().scaleSets().find(template.group(), set.name());
        found.ifPresent(there -> known.found(CloudFacts.SCALE_SET, there));
        return found.map(there ->
                        Preview.keep(Text.of("setup.change.scaleSet", label, String.valueOf(there.capacity()))))
                .orElseGet(() -> Preview.create(words()));
    }

    /** What Azure itself says that its template would do, if all is there that the template refers to. */
    @Override
    public List<Preview> previews(Known known) throws AzureException, InterruptedException {
        Preview whole = preview(known);
        if (whole.kind() == Preview.Kind.KEEP) {
            return List.of(whole);
        }
        List<String> resources = resources(known);
        List<Preview> all = new ArrayList<>(List.of(whole));
        Map<String, TemplateChange.Kind> asked = asked(known);
        for (String id : resources) {
            if (Resources.name(id).equals(set.name())) {
                continue;
            }
            Text what = ResourceWords.of(id, List.of());
            all.add(
                    switch (asked.getOrDefault(id, TemplateChange.Kind.CREATE)) {
                        case KEEP -> Preview.keep(what);
                        case CHANGE -> Preview.change(what);
                        case CREATE, UNKNOWN -> Preview.create(what);
                    });
        }
        return all;
    }

    /** Empty if Azure cannot say; a check tells why it refuses the template. */
    private Map<String, TemplateChange.Kind> asked(Known known) throws InterruptedException {
        Map<String, TemplateChange.Kind> asked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (isAskable(known)) {
            try {
                azure().deployments()
                        .whatIf(template.group(), name(azure()), template.asked(azure().id(), known))
                        .forEach(change -> asked.put(change.resource(), change.kind()));
            } catch (AzureException refused) {
                asked.clear();
            }
        }
        return asked;
    }

    private boolean isAskable(Known known) {
        return known.find(CloudFacts.RESOURCE_GROUP).isPresent()
                && known.find(CloudFacts.REGISTRY).isPresent()
                && known.find(CloudFacts.IDENTITY).isPresent()
                && known.find(CloudFacts.PROVIDERS).isPresent()
                && !set.sizeIsOpen();
    }

    private List<String> resources(Known known) {
        return template.deployable(azure().id(), known, Map.of(), Optional.empty())
                .resources();
    }

    /** The deployment's: the run's mark, or a name for asking what it would do. */
    private static String name(AzureSubscription azure) {
        return "keyless-pull" + azure.run().map("-"::concat).orElse("");
    }

    @Override
    public List<Preflight> checks(Known known) {
        Optional<ScaleSetInfo> there = known.find(CloudFacts.SCALE_SET);
        if (there.isPresent()) {
            return List.of(new Preflight(
                    Text.of("setup.check.scaleSet", label),
                    () -> there.get().flexible()
                            ? Finding.good()
                            : Finding.bad(Failure.of("setup.scaleSetUniform", "", label)
                                    .problem())));
        }
        List<String> resources = resources(known);
        String group = template.group();
        List<Preflight> checks = new ArrayList<>();
        checks.add(locationKnown(request.location()));
        checks.add(new Preflight(Text.of("setup.check.create", subject()), () -> mayDeploy(resources)));
        checks.add(mayAssign(request, known));
        checks.add(mayDo(
                Text.of("setup.check.runCommandOnInstances", label),
                groupId(group),
                RUN_COMMAND,
                Grant.MACHINES,
                grant -> Failure.of("setup.noProofRight", RUN_COMMAND, label, grant.command(), grant.on())));
        MachineOffer offer = new MachineOffer(request.location(), set.size(), set.image(), azure());
        if (!set.sizeIsOpen()) {
            checks.add(policies(
                            Text.of("setup.check.policies.scaleSet", group),
                            Optional.of(group),
                            resources.stream().map(this::asMade).toList())
                    .ifNotBad(offer.sizeCheck()));
        }
        checks.addAll(offered(request, offer, known));
        checks.add(inLocation(
                request.location(),
                Text.of("setup.check.addressQuota", request.location()),
                () -> Finding.badIf(Shortage.ofAddresses(
                        request.location(), azure().regions().addressQuotas(request.location()), 1))));
        known.find(CloudFacts.SSH_KEY)
                .filter(keys -> !keys.isEmpty())
                .ifPresent(keys -> checks.add(MachineOffer.keyType(label, keys.first())));
        checks.add(new Preflight(Text.of("setup.check.fleetNames", label), () -> namesFree(resources)));
        checks.add(new Preflight(Text.of("setup.check.gatewayCosts", label), Finding::good));
        long minutes = RegistryLimits.leastMinutes(set.instances(), FleetBoot.sku(request, known));
        if (minutes > 0) {
            checks.add(new Preflight(
                    Text.of("setup.check.pullsSpread", label, String.valueOf(set.instances()), minutes),
                    Finding::good));
        }
        if (isAskable(known)) {
            checks.add(new Preflight(Text.of("setup.check.template", label), () -> accepted(known)));
        }
        return checks;
    }

    private Finding mayDeploy(List<String> resources) throws AzureException, InterruptedException {
        List<String> actions = new ArrayList<>(DEPLOYING);
        resources.forEach(id -> actions.add(typeOf(id) + "/write"));
        String scope = groupId(template.group());
        for (String action : actions) {
            if (!azure().permissions().allowed(scope, action)) {
                Grant.Missing grant = new Grant(azure()).missing(Grant.CONTRIBUTOR, scope);
                return Finding.bad(Failure.of("setup.noCreateRight", action, subject(), grant.on(), grant.command())
                        .problem());
            }
        }
        return Finding.good();
    }

    /** As Azure writes it. */
    private static String typeOf(String id) {
        String[] parts = id.split("/");
        return parts[parts.length - 3] + "/" + parts[parts.length - 2];
    }

    private Policies.Resource asMade(String id) {
        return new Policies.Resource(
                typeOf(id),
                Resources.name(id).equals(set.name()) ? "2024-07-01" : "2024-05-01",
                request.location(),
                Resources.name(id).equals(set.name()) ? Map.of("sku.name", set.size()) : Map.of());
    }

    /** A template changes what is there under its names, whose ever it is. */
    private Finding namesFree(List<String> resources) throws AzureException, InterruptedException {
        for (String id : resources) {
            if (azure().resources().find(id).isPresent()) {
                return Finding.bad(taken(id).problem());
            }
        }
        return Finding.good();
    }

    private Failure taken(String id) {
        return Failure.of("setup.fleetNameTaken", id, label, Resources.name(id), template.group());
    }

    private Finding accepted(Known known) throws InterruptedException {
        try {
            azure().deployments().validate(template.group(), name(azure()), template.asked(azure().id(), known));
            return Finding.good();
        } catch (AzureException e) {
            return Finding.bad(
                    FleetFailures.hasOwnWords(e)
                            ? AzureFailures.problem(subject(), e)
                            : Failure.of("setup.templateRefused", FleetFailures.details(e), label)
                                    .problem());
        }
    }

    /**
     * By the run's own template: {@code az vmss create} would add what nobody asked for, such as a load balancer with a
     * public address, and differ from what a run makes.
     */
    @Override
    public void byHand(Script script, Known known) {
        script.comment("The scale set " + label + " with its network, in one deployment");
        String file = set.name() + ".json";
        String values = set.name() + ".parameters.json";
        script.require("sshPublicKey", "the public key that opens the instances, as in ~/.ssh/id_ed25519.pub");
        StringBuilder parameters = new StringBuilder("{\"sshPublicKey\": {\"value\": \"$sshPublicKey\"}");
        if (set.sizeIsOpen()) {
            script.require("vmSize", "a size of virtual machines that can be had there");
            parameters.append(", \"vmSize\": {\"value\": \"$vmSize\"}");
        }
        script.write(
                file,
                template.deployable("", known, Map.of(), Optional.empty())
                        .json()
                        .lines()
                        .toList());
        script.writeFilled(values, parameters.append("}\n").toString());
        script.run(
                "az",
                "deployment",
                "group",
                "create",
                "--resource-group",
                template.group(),
                "--name",
                "keyless-pull-" + set.name(),
                "--template-file",
                file,
                "--parameters",
                "@" + values,
                "--output",
                "none");
    }

    @Override
    public void template(Template all, Known known) {
        if (known.find(CloudFacts.SCALE_SET).isEmpty()) {
            template.add(all, FleetTemplate.publicKey(known));
        }
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Deployments deployments = azure.deployments();
        String group = template.group();
        String name = name(azure);
        Deployable wanted = wanted(context, azure);
        Optional<DeploymentInfo> earlier = deployments.find(group, name);
        if (earlier.isEmpty()) {
            Optional<ScaleSetInfo> there = azure.scaleSets().find(group, set.name());
            if (there.isPresent() && context.state().resource(there.get().id()).isEmpty()) {
                return established(context, there.get(), Outcome.FOUND);
            }
        }
        if (earlier.isEmpty() || earlier.get().state() != DeploymentInfo.State.RUNNING) {
            begin(context, azure, name, wanted);
        }
        new DeploymentWatch(context, azure, subject(), label, wanted.resources()).untilDone(group, name);
        for (String id : wanted.resources()) {
            if (!context.state().resource(id).filter(made -> made.sure()).isPresent()) {
                context.created(id);
            }
        }
        ScaleSetInfo made = azure.scaleSets()
                .find(group, set.name())
                .orElseThrow(() -> Failure.of("setup.deploymentGone", name, label, "–"));
        return established(context, made, Outcome.CREATED);
    }

    private Result established(StepContext context, ScaleSetInfo there, Outcome outcome) throws Failure {
        if (!there.flexible()) {
            throw Failure.of("setup.scaleSetUniform", "", label);
        }
        context.establish(CloudFacts.SCALE_SET, there);
        return new Result(outcome, Text.of("setup.scaleSet.instances", String.valueOf(there.capacity()), there.size()));
    }

    private Deployable wanted(StepContext context, AzureSubscription azure) {
        Facts facts = new Facts();
        Known known = new Known(facts, id());
        known.found(CloudFacts.REGISTRY, context.get(CloudFacts.REGISTRY));
        known.found(CloudFacts.IDENTITY, context.get(CloudFacts.IDENTITY));
        return template.deployable(
                azure.id(),
                known,
                azure.mark().tags(),
                Optional.of(context.get(CloudFacts.SSH_KEY).first().publicKeyLine()));
    }

    /** Each resource is written down before Azure is asked to make any. */
    private void begin(StepContext context, AzureSubscription azure, String name, Deployable wanted)
            throws AzureException, Failure, InterruptedException {
        if (set.sizeIsOpen()) {
            throw new MachineOffer(request.location(), "", set.image(), azure).noSize();
        }
        OwnResources own = new OwnResources(context, azure);
        for (String id : wanted.resources()) {
            var there = azure.resources().find(id);
            if (there.isPresent() && !own.bearsMark(there.get())) {
                throw taken(id);
            }
        }
        for (String id : wanted.resources()) {
            if (context.state().resource(id).isEmpty()) {
                context.creating(id);
            }
        }
        try {
            azure.deployments()
                    .begin(template.group(), name, new DeploymentContent(wanted.json(), Map.of()), telling(context));
        } catch (AzureException e) {
            if (FleetFailures.hasOwnWords(e)) {
                throw e;
            }
            throw Failure.of("setup.templateRefused", FleetFailures.details(e), label);
        }
    }
}
