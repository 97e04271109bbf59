package io.keylesspull.setup.step.cluster;

import io.keylesspull.azure.cluster.ClusterInfo;
import io.keylesspull.azure.cluster.ClusterInfo.NodePool;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.ImageName;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.ImageReader;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The proof for a cluster: in each Linux node pool a node pulls the image anew, and reports the digest that the
 * registry has. What is made in the cluster for that is removed again.
 */
public final class ClusterProofStep extends AzureStep {

    /**
     * The role takes up to 10 minutes ("Troubleshoot Azure RBAC"); each look is a command that takes seconds itself.
     */
    private static final Retry UNTIL_PULLED = new Retry(
            Duration.ofMinutes(12), List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10)));

    private final SetupRequest request;
    private final SetupRequest.Cluster cluster;
    private final String label;

    public ClusterProofStep(SetupRequest request, SetupRequest.Cluster cluster, AzureSubscription azure) {
        super(
                StepId.on(request.label(cluster), "cluster-proof"),
                Text.of("setup.step.clusterProof"),
                Text.of("setup.subject.cluster", request.label(cluster)),
                Set.of(
                        ClusterFacts.CLUSTER,
                        CloudFacts.REGISTRY,
                        CloudFacts.IMAGE,
                        CloudFacts.IMAGE_READER,
                        CloudFacts.PRINCIPAL_ID,
                        CloudFacts.ROLE_ASSIGNMENT_ID),
                Set.of(RemoteFacts.PROVEN_DIGEST),
                azure);
        this.request = request;
        this.cluster = cluster;
        this.label = request.label(cluster);
    }

    @Override
    public Preview preview(Known known) {
        return Preview.change(Text.of("setup.change.clusterProof", label));
    }

    @Override
    public void byHand(Script script, Known known) {
        List<String> pools =
                known.find(ClusterFacts.CLUSTER).map(ClusterProofStep::pools).orElseGet(List::of);
        if (pools.isEmpty()) {
            script.comment("The proof for " + label + " needs the names of its Linux node pools: type them for POOL");
        }
        ProofPods pods = new ProofPods(
                "keyless-pull", "$loginServer/" + request.image(), pools.isEmpty() ? List.of("POOL") : pools);
        script.comment("The proof for " + label + ": in each Linux node pool a pod that starts nothing."
                + " What its node reports as imageID is the digest that it pulled");
        script.writeFilled(ProofPods.FILE, pods.manifest());
        script.run(typed(ProofPods.apply(), ProofPods.FILE));
        List<String> look = new ArrayList<>(List.of(typed(pods.lookByHand(), "")));
        look.addAll(List.of("--query", "logs", "--output", "tsv"));
        script.keepDigests("digests", pods.pools().size(), look, List.of(typed(pods.again(), ProofPods.FILE)));
        script.run(typed(ProofPods.delete(pods.namespace()), ""));
        List<String> gone = new ArrayList<>(List.of(typed(ProofPods.namespaceByHand(pods.namespace()), "")));
        gone.addAll(List.of("--query", "logs", "--output", "tsv"));
        script.awaitNothing(
                gone, "The namespace " + pods.namespace() + " in the cluster " + label + " is not gone yet.");
        if (ProofStep.isReadHere(request, known)) {
            script.keep("digest", ProofStep.digestByHand(request, known.find(CloudFacts.REGISTRY)));
        } else {
            // Only the nodes can ask the registry: they must at least have been told the same.
            script.keepFirst("digest", "digests");
        }
        script.compare(label, "digests", "digest");
    }

    /** Its commands need each other's output: the script has them. */
    @Override
    public void template(Template template, Known known) {
        template.proof(
                "The proof for the cluster " + label
                        + ": keyless-pull --run, or the end of the az script, makes a pod in"
                        + " each Linux node pool and compares the digest that its node pulled.",
                List.of());
    }

    private String[] typed(String command, String file) {
        return ClusterShell.byHand(request.clusterGroup(cluster), cluster.name(), command, file)
                .argv()
                .toArray(String[]::new);
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        ClusterInfo found = context.get(ClusterFacts.CLUSTER);
        RegistryInfo registry = context.get(CloudFacts.REGISTRY);
        ImageReader reader = context.get(CloudFacts.IMAGE_READER);
        Optional<String> told = reader.digest(azure, registry, request.image());
        ProofPods pods = new ProofPods(namespace(azure), image(registry, told), pools(found));
        ClusterShell shell = new ClusterShell(context, azure, found, label);
        PoolPullers pools =
                new PoolPullers(shell, pods, label, request.image(), registry.loginServer(), UNTIL_PULLED.bound());
        Change made = ChangeKind.CLUSTER_NAMESPACE.of(pods.namespace());
        ProofNamespace namespace = new ProofNamespace(shell, made);
        boolean begun = context.changed(made);
        if (begun) {
            namespace.awaitUsable();
        }
        String digest;
        try {
            if (begun) {
                pools.again();
            } else {
                begin(context, pools, made);
            }
            digest = new OwnPulls(context, registry, request.image(), pools).proven(UNTIL_PULLED, told);
        } catch (Failure failure) {
            if (context.changed(made)) {
                cleaned(namespace).ifPresent(failure::addSuppressed);
            }
            throw failure;
        }
        Optional<Failure> stays = cleaned(namespace);
        context.establish(RemoteFacts.PROVEN_DIGEST, digest);
        Text proven = Text.of(
                "setup.provenInCluster", digest, String.join(", ", pods.pools()), context.get(CloudFacts.PRINCIPAL_ID));
        Text summary = ProvenText.toldBy(
                proven, registry, told.isPresent() ? Optional.empty() : Optional.of(reader), "setup.provenByNodes");
        return new Result(
                Outcome.CHANGED,
                stays.map(why -> Text.of(
                                "setup.provenNamespaceStays",
                                summary,
                                namespace.name(),
                                why.problem().what(),
                                namespace.lookByHand().shown()))
                        .orElse(summary));
    }

    private static void begin(StepContext context, PoolPullers pools, Change made)
            throws Failure, InterruptedException {
        try {
            context.change(List.of(made), pools::begin);
        } catch (Failure refused) {
            if (ProofPods.isNothingMade(refused.problem().details())) {
                context.reverted(made);
            }
            throw refused;
        }
    }

    private static List<String> pools(ClusterInfo found) {
        return found.linuxPools().stream().map(NodePool::name).toList();
    }

    /** Kubernetes allows small letters, digits and hyphens. */
    private static String namespace(AzureSubscription azure) {
        return "keyless-pull-"
                + azure.run().orElseThrow().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private String image(RegistryInfo registry, Optional<String> digest) {
        String named = registry.loginServer() + "/" + request.image();
        return digest.map(known -> registry.loginServer() + "/"
                        + ImageName.parse(request.image()).orElseThrow().repository() + "@" + known)
                .orElse(named);
    }

    /** If the namespace cannot be removed now, the pull is proven nevertheless, and undo removes it. @return why */
    private static Optional<Failure> cleaned(ProofNamespace namespace) throws InterruptedException {
        try {
            namespace.remove();
            return Optional.empty();
        } catch (Failure stays) {
            return Optional.of(stays);
        }
    }
}
