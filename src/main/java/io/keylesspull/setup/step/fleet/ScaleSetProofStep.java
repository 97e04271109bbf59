package io.keylesspull.setup.step.fleet;

import io.keylesspull.azure.deployment.ScaleSetInfo;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.fleet.RegistryLimits;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.ScaleSet;
import io.keylesspull.setup.step.ImageReader;
import io.keylesspull.setup.step.InvokedScript;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.ProvenText;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.cloud.AzureStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.machine.ProofStep;
import io.keylesspull.setup.step.machine.RemoteFacts;
import io.keylesspull.setup.step.pull.OwnPulls;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The proof for a scale set: instances report the digest that they pulled, and it is the registry's. */
public final class ScaleSetProofStep extends AzureStep {

    /** For Docker to be installed, and the role to take effect, which takes up to 10 minutes. */
    private static final Duration PULLED = Duration.ofMinutes(20);

    private static final List<Duration> LOOKS =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30));

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
        script.comment("The proof for " + label + ": each of its instances, or " + InstancePullers.SAMPLE
                + " by lot if there are more, has the image by the registry's digest");
        Optional<String> digest = Optional.of("digest").filter(any -> ProofStep.isReadHere(request, known));
        digest.ifPresent(
                variable -> script.keep(variable, ProofStep.digestByHand(request, known.find(CloudFacts.REGISTRY))));
        script.proveInstances(
                new Script.Instances(
                        label,
                        InstancePullers.SAMPLE,
                        List.of(listed()),
                        InvokedScript.printing(
                                group(), Script.variable("instance"), InstanceReport.byHand(request.image())),
                        PULLED.plus(RegistryLimits.spread(set.instances(), FleetBoot.sku(request, known)))),
                digest);
    }

    private String[] listed() {
        return new String[] {
            "az",
            "vmss",
            "list-instances",
            "--resource-group",
            group(),
            "--name",
            set.name(),
            "--query",
            "[].name",
            "--output",
            "tsv"
        };
    }

    @Override
    public void template(Template template, Known known) {
        template.proof(
                "The proof for the scale set " + label + ": each instance has the image by the digest that the registry"
                        + " has. INSTANCE is one of the names that the first command prints.",
                List.of(
                        template.command(listed()),
                        template.command(InvokedScript.printing(group(), "INSTANCE", "docker images --digests")),
                        template.command(ProofStep.digestByHand(request, known.find(CloudFacts.REGISTRY)))));
    }

    private String group() {
        return request.scaleSetGroup(set);
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        ScaleSetInfo found = context.get(CloudFacts.SCALE_SET);
        RegistryInfo registry = context.get(CloudFacts.REGISTRY);
        ImageReader reader = context.get(CloudFacts.IMAGE_READER);
        Optional<String> told = reader.digest(azure, registry, request.image());
        Duration spread = RegistryLimits.spread((int) Math.max(1, found.capacity()), registry.sku());
        boolean imageIsThere =
                told.isPresent() || request.registry().importSource().isPresent();
        InstancePullers instances =
                new InstancePullers(context, azure, request, set, found, registry, sampling, imageIsThere);
        String digest = new OwnPulls(context, registry, request.image(), instances)
                .proven(new Retry(PULLED.plus(spread), LOOKS), told);
        context.establish(RemoteFacts.PROVEN_DIGEST, digest);
        context.establish(FleetFacts.SAMPLE, new Sample(instances.count(), found.capacity()));
        Text proven = Text.of(
                "setup.provenInFleet",
                digest,
                String.valueOf(instances.count()),
                String.valueOf(found.capacity()),
                request.identity().name());
        return new Result(
                Outcome.CHECKED,
                ProvenText.toldBy(
                        proven,
                        registry,
                        told.isPresent() ? Optional.empty() : Optional.of(reader),
                        "setup.provenByInstances"));
    }
}
