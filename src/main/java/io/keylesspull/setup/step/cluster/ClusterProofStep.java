package io.keylesspull.setup.step.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.keylesspull.azure.cluster.ClusterInfo;
import io.keylesspull.azure.cluster.ClusterInfo.NodePool;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.request.ImageName;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Cause;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.ImageReader;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.cloud.AzureStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.cluster.ProofPods.Progress;
import io.keylesspull.setup.step.cluster.ProofPods.Pulled;
import io.keylesspull.setup.step.cluster.ProofPods.Refused;
import io.keylesspull.setup.step.cluster.ProofPods.Unscheduled;
import io.keylesspull.setup.step.machine.RemoteFacts;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        boolean readHere = known.find(CloudFacts.IMAGE_READER)
                .filter(ImageReader::isMachine)
                .isEmpty();
        if (readHere) {
            script.keep(
                    "digest",
                    "az",
                    "acr",
                    "repository",
                    "show",
                    "--name",
                    request.registryNameByHand(),
                    "--image",
                    request.image(),
                    "--query",
                    "digest",
                    "--output",
                    "tsv");
        } else {
            // Only the nodes can ask the registry: they must at least have been told the same.
            script.keepFirst("digest", "digests");
        }
        script.run(typed(ProofPods.delete(pods.namespace()), ""));
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
        Optional<String> digest = context.get(CloudFacts.IMAGE_READER).digest(azure, registry, request.image());
        ProofPods pods = new ProofPods(namespace(azure), image(registry, digest), pools(found));
        Map<String, String> files = Map.of(ProofPods.FILE, pods.manifest());
        ClusterShell shell = new ClusterShell(context, azure, found, label);
        Change made = ChangeKind.CLUSTER_NAMESPACE.of(pods.namespace());
        String pulled;
        try {
            if (context.changed(made)) {
                shell.run(pods.again(), files);
            } else {
                context.change(List.of(made), () -> shell.run(ProofPods.apply(), files));
            }
            pulled = pulled(context, shell, pods, files, registry);
        } catch (Failure failure) {
            throw afterCleaning(failure, shell, made);
        }
        clean(shell, made);
        if (digest.filter(known -> !known.equals(pulled)).isPresent()) {
            throw Failure.of("setup.clusterDigestsDiffer", pulled + " ≠ " + digest.get(), request.image(), label);
        }
        context.establish(RemoteFacts.PROVEN_DIGEST, pulled);
        Text proven = Text.of(
                "setup.provenInCluster", pulled, String.join(", ", pods.pools()), context.get(CloudFacts.PRINCIPAL_ID));
        return new Result(Outcome.CHANGED, digest.isPresent() ? proven : byNodes(context, proven));
    }

    /** What was proven is what the nodes were told, because this computer could not ask. */
    private static Text byNodes(StepContext context, Text proven) {
        return Text.of(
                "setup.provenByNodes",
                proven,
                context.get(CloudFacts.IMAGE_READER).reason());
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

    /** Waits until every node pool has pulled. @return the digest, the same in all */
    private String pulled(
            StepContext context, ClusterShell shell, ProofPods pods, Map<String, String> files, RegistryInfo registry)
            throws Failure, InterruptedException {
        return context.retry(UNTIL_PULLED, () -> {
            Map<String, Progress> progress = progress(pods, shell.read(pods.look()));
            for (Map.Entry<String, Progress> pool : progress.entrySet()) {
                if (pool.getValue() instanceof Refused refused) {
                    NotYet wait = notYet(pool.getKey(), refused.message(), registry);
                    shell.run(pods.again(), files);
                    throw wait;
                }
            }
            return allPulled(progress);
        });
    }

    private Map<String, Progress> progress(ProofPods pods, String listed) throws Failure {
        try {
            return pods.progress(listed);
        } catch (JsonProcessingException e) {
            throw Failure.of("setup.clusterCommandFailed", String.valueOf(e.getMessage()), label);
        }
    }

    private String allPulled(Map<String, Progress> progress) throws NotYet, Failure {
        String digest = "";
        for (Map.Entry<String, Progress> pool : progress.entrySet()) {
            if (pool.getValue() instanceof Unscheduled unscheduled) {
                throw new NotYet(
                        Text.of("setup.cluster.unscheduled", pool.getKey()),
                        Failure.of("setup.podUnscheduled", unscheduled.message(), label, pool.getKey())
                                .problem());
            }
            if (!(pool.getValue() instanceof Pulled pulled)) {
                throw new NotYet(
                        Text.of("setup.cluster.pulling", pool.getKey()),
                        Failure.of("setup.podSlow", "", label, pool.getKey()).problem());
            }
            String here = pulled.imageId().substring(pulled.imageId().indexOf('@') + 1);
            if (!digest.isEmpty() && !digest.equals(here)) {
                throw Failure.of("setup.clusterDigestsDiffer", digest + " ≠ " + here, request.image(), label);
            }
            digest = here;
        }
        return digest;
    }

    /** @throws Failure if waiting does not help */
    private NotYet notYet(String pool, String message, RegistryInfo registry) throws Failure {
        Cause cause = Cause.of(new CommandResult(1, "", message, false));
        return switch (cause.kind()) {
            case ROLE, IDENTITY ->
                new NotYet(
                        Text.of("setup.role.waiting"),
                        Failure.of(
                                        "setup.clusterRefused",
                                        message,
                                        label,
                                        registry.loginServer(),
                                        UNTIL_PULLED.bound().toMinutes())
                                .problem());
            case BUSY, UNKNOWN ->
                new NotYet(
                        Text.of("setup.pull.waiting"),
                        Failure.of("setup.podPullFailed", message, label, pool).problem());
            case MISSING_IMAGE ->
                throw Failure.of(
                        "setup.missing.image", message, request.image(), registry.loginServer(), registry.name());
            case FIREWALL, UNCLEAR_REFUSAL ->
                throw registry.network().access() == RegistryInfo.Network.Access.NONE
                        ? Failure.of("setup.clusterFirewallClosed", message, label, registry.loginServer())
                        : Failure.of(
                                "setup.clusterFirewall",
                                message,
                                label,
                                registry.loginServer(),
                                registry.name(),
                                registry.subscription());
            case NAME, NO_CONNECTION, PRIVATE_LINK ->
                throw Failure.of("setup.clusterNoWay", message, label, registry.loginServer());
            case CERTIFICATE -> throw Failure.of("setup.clusterCertificate", message, label, registry.loginServer());
            default -> throw Failure.of("setup.podPullFailed", message, label, pool);
        };
    }

    private static void clean(ClusterShell shell, Change made) throws Failure, InterruptedException {
        shell.run(ProofPods.delete(made.subject()), Map.of());
        shell.context().reverted(made);
    }

    /** If the namespace cannot be removed now, undo removes it. */
    private static Failure afterCleaning(Failure failure, ClusterShell shell, Change made) throws InterruptedException {
        try {
            clean(shell, made);
        } catch (Failure stays) {
            failure.addSuppressed(stays);
        }
        return failure;
    }
}
