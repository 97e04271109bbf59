package io.keylesspull.setup.step.fleet;

import io.keylesspull.azure.deployment.ScaleSetInfo;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.export.BootScript;
import io.keylesspull.setup.fleet.RegistryLimits;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.ScaleSet;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.Cause;
import io.keylesspull.setup.step.InvokedScript;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.SideBySide;
import io.keylesspull.setup.step.cloud.AzureStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.machine.RemoteFacts;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;

/** The proof for a scale set: instances report the digest that they pulled, and it is the registry's. */
public final class ScaleSetProofStep extends AzureStep {

    /** All are asked up to so many; of more, so many by lot. */
    static final int SAMPLE = 20;

    /** For Docker to be installed, and the role to take effect, which takes up to 10 minutes. */
    private static final Duration PULLED = Duration.ofMinutes(20);

    private static final List<Duration> LOOKS =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30));

    private static final int SHOWN = 3;

    private final SetupRequest request;
    private final ScaleSet set;
    private final String label;
    private final Sampling sampling;

    public ScaleSetProofStep(SetupRequest request, ScaleSet set, Sampling sampling, AzureSubscription azure) {
        super(
                StepId.on(request.label(set), "scale-set-proof"),
                Text.of("setup.step.scaleSetProof"),
                Text.of("setup.subject.scaleSet", request.label(set)),
                Set.of(
                        CloudFacts.SCALE_SET,
                        CloudFacts.REGISTRY,
                        CloudFacts.IMAGE,
                        CloudFacts.IMAGE_READER,
                        CloudFacts.PRINCIPAL_ID,
                        CloudFacts.ROLE_ASSIGNMENT_ID),
                Set.of(RemoteFacts.PROVEN_DIGEST, FleetFacts.SAMPLE),
                azure);
        this.request = request;
        this.set = set;
        this.label = request.label(set);
        this.sampling = sampling;
    }

    @Override
    public Preview preview(Known known) {
        return Preview.nothing();
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment(
                "The proof for " + label + ": each instance that is named has the image by the registry's digest");
        script.run(
                "az", "vmss", "list-instances", "--resource-group", group(), "--name", set.name(), "--output", "table");
        script.comment(proofByHand("INSTANCE"));
    }

    @Override
    public void template(Template template, Known known) {
        template.proof(
                "The proof for the scale set " + label + ": each instance has the image by the digest that the registry"
                        + " has. INSTANCE is one of az vmss list-instances.",
                List.of(proofByHand("INSTANCE")));
    }

    private String proofByHand(String instance) {
        return Command.of(InvokedScript.printing(group(), instance, "docker images --digests"))
                .shellLine();
    }

    private String group() {
        return request.scaleSetGroup(set);
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        ScaleSetInfo found = context.get(CloudFacts.SCALE_SET);
        RegistryInfo registry = context.get(CloudFacts.REGISTRY);
        Optional<String> digest = context.get(CloudFacts.IMAGE_READER).digest(azure, registry, request.image());
        Map<String, String> pulled = pulled(context, azure, found, registry);
        List<String> digests = pulled.values().stream().distinct().toList();
        if (digests.size() != 1
                || digest.filter(known -> !known.equals(digests.get(0))).isPresent()) {
            throw Failure.of(
                    "setup.fleetDigestsDiffer",
                    String.join(", ", digests) + digest.map(" ≠ "::concat).orElse(""),
                    request.image(),
                    label);
        }
        context.establish(RemoteFacts.PROVEN_DIGEST, digests.get(0));
        context.establish(FleetFacts.SAMPLE, new Sample(pulled.size(), found.capacity()));
        Text proven = Text.of(
                "setup.provenInFleet",
                digests.get(0),
                String.valueOf(pulled.size()),
                String.valueOf(found.capacity()),
                request.identity().name());
        Text read = digest.isPresent()
                ? proven
                : Text.of(
                        "setup.provenByInstances",
                        proven,
                        context.get(CloudFacts.IMAGE_READER).reason());
        return new Result(Outcome.CHECKED, registry.anonymousPull() ? Text.of("setup.provenAnonymous", read) : read);
    }

    /** Waits until every instance of the sample has pulled. @return their digests by their names */
    private Map<String, String> pulled(
            StepContext context, AzureSubscription azure, ScaleSetInfo found, RegistryInfo registry)
            throws Failure, InterruptedException {
        Duration spread = RegistryLimits.spread((int) Math.max(1, found.capacity()), registry.sku());
        Map<String, String> pulled = new HashMap<>();
        List<String> sample = new ArrayList<>();
        String image = registry.loginServer() + "/" + request.image();
        return context.retry(new Retry(PULLED.plus(spread), LOOKS), () -> {
            List<InstanceReport> late = new ArrayList<>();
            try {
                if (sample.isEmpty()) {
                    sample.addAll(sample(azure.scaleSets().instances(found), sampling.random()));
                }
                for (InstanceReport report : asked(azure, image, sample, pulled)) {
                    report.digest()
                            .ifPresentOrElse(seen -> pulled.put(report.instance(), seen), () -> late.add(report));
                }
            } catch (AzureException e) {
                throw AzureFailures.failure(subject(), e);
            }
            if (sample.isEmpty() || !late.isEmpty()) {
                throw notYet(context, registry, sample.size(), late);
            }
            return pulled;
        });
    }

    static List<String> sample(List<String> instances, Random random) {
        List<String> mixed = new ArrayList<>(instances);
        if (mixed.size() > SAMPLE) {
            Collections.shuffle(mixed, random);
        }
        return mixed.subList(0, Math.min(SAMPLE, mixed.size())).stream()
                .sorted()
                .toList();
    }

    private List<InstanceReport> asked(
            AzureSubscription azure, String image, List<String> sample, Map<String, String> pulled)
            throws InterruptedException {
        List<Callable<InstanceReport>> looks = new ArrayList<>();
        for (String instance : sample) {
            if (!pulled.containsKey(instance)) {
                looks.add(() -> InstanceReport.of(azure.machines(), group(), instance, image));
            }
        }
        return new SideBySide(sampling.workers(), SAMPLE).all(looks);
    }

    private NotYet notYet(StepContext context, RegistryInfo registry, int asked, List<InstanceReport> late) {
        String journals = String.join(
                "\n\n",
                late.stream()
                        .limit(SHOWN)
                        .map(report -> report.instance() + ":\n" + report.journal())
                        .toList());
        boolean refused = late.stream()
                .map(report -> Cause.of(new CommandResult(1, "", report.journal(), false))
                        .kind())
                .anyMatch(kind -> kind == Cause.Kind.ROLE);
        Problem problem = Failure.of(
                        refused ? "setup.fleetRefused" : "setup.fleetSlow",
                        journals,
                        label,
                        String.valueOf(late.size()),
                        String.valueOf(asked),
                        registry.loginServer(),
                        BootScript.UNIT)
                .problem();
        context.progress(Text.of("setup.fleet.pulled", String.valueOf(asked - late.size()), String.valueOf(asked)));
        return new NotYet(Text.of(refused ? "setup.role.waiting" : "setup.fleet.waiting"), problem);
    }
}
