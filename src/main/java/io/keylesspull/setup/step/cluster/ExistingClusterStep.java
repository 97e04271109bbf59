package io.keylesspull.setup.step.cluster;

import io.keylesspull.azure.cluster.ClusterInfo;
import io.keylesspull.azure.cluster.ClusterInfo.KubeletIdentity;
import io.keylesspull.azure.cluster.ClusterInfo.NodePool;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceState;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.cloud.AzureStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An existing cluster, whose kubelet identity gets the role. Nothing of the cluster itself is changed. */
public final class ExistingClusterStep extends AzureStep {

    private static final String RUN_COMMAND = "Microsoft.ContainerService/managedClusters/runcommand/action";

    private final SetupRequest.Cluster cluster;
    private final String label;
    private final String group;

    public ExistingClusterStep(SetupRequest request, SetupRequest.Cluster cluster, AzureSubscription azure) {
        super(
                StepId.on(request.label(cluster), "cluster"),
                Text.of("setup.step.cluster"),
                Text.of("setup.subject.cluster", request.label(cluster)),
                Set.of(),
                Set.of(ClusterFacts.CLUSTER, CloudFacts.PRINCIPAL_ID),
                azure);
        this.cluster = cluster;
        this.label = request.label(cluster);
        this.group = request.clusterGroup(cluster);
    }

    @Override
    public Preview preview(Known known) throws AzureException, InterruptedException {
        Optional<ClusterInfo> found = azure().clusters().find(group, cluster.name());
        found.ifPresent(there -> known.found(ClusterFacts.CLUSTER, there));
        found.flatMap(ClusterInfo::kubelet)
                .ifPresent(identity -> known.found(CloudFacts.PRINCIPAL_ID, identity.principalId()));
        return Preview.keep(Text.of("setup.change.cluster", label));
    }

    @Override
    public List<Preflight> checks(Known known) {
        Optional<ClusterInfo> found = known.find(ClusterFacts.CLUSTER);
        Text what = Text.of("setup.check.cluster", label);
        List<Preflight> checks = new ArrayList<>();
        checks.add(new Preflight(what, () -> Finding.badIf(hindrance(found).map(Failure::problem))));
        if (found.isEmpty()) {
            return checks;
        }
        found.get().kubelet().ifPresent(identity -> checks.add(kubelet(identity)));
        checks.add(mayDo(
                Text.of("setup.check.clusterCommand", label),
                found.get().id(),
                RUN_COMMAND,
                "Azure Kubernetes Service Contributor Role",
                grant -> Failure.of("setup.noClusterCommandRight", RUN_COMMAND, label, grant.command())));
        checks.add(new Preflight(
                        Text.of("setup.check.nodePools", label),
                        () -> unproven(found.get())
                                .map(problem -> Finding.doubtful(problem.problem()))
                                .orElseGet(Finding::good))
                .ifNotBad(what));
        return checks;
    }

    /** A deleted kubelet identity leaves its id in the cluster (Azure/AKS#2951). */
    private Preflight kubelet(KubeletIdentity identity) {
        return new Preflight(Text.of("setup.check.kubelet", label), () -> {
            Optional<ResourceState> there = azure().resources().find(identity.id());
            return there.isPresent()
                    ? Finding.good()
                    : Finding.bad(
                            Failure.of("setup.kubeletGone", identity.id(), label, group, cluster.name(), azure().id())
                                    .problem());
        });
    }

    /** The node pools in which nothing will be proven. */
    private Optional<Failure> unproven(ClusterInfo found) {
        List<NodePool> proven = found.linuxPools();
        String others = found.pools().stream()
                .filter(pool -> !proven.contains(pool))
                .map(NodePool::name)
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? Optional.empty() : Optional.of(Failure.of("setup.poolsUnproven", "", label, others));
    }

    /** Why the cluster cannot be set up. */
    private Optional<Failure> hindrance(Optional<ClusterInfo> found) {
        if (found.isEmpty()) {
            return Optional.of(Failure.of("setup.missing.cluster", "", label, group, azure().id()));
        }
        ClusterInfo there = found.get();
        if (there.servicePrincipal()) {
            return Optional.of(hindered("setup.clusterServicePrincipal", there));
        }
        if (there.kubelet().isEmpty()) {
            return Optional.of(hindered("setup.clusterNoKubelet", there));
        }
        if (!there.running()) {
            return Optional.of(hindered("setup.clusterStopped", there));
        }
        if (!there.runCommand()) {
            return Optional.of(hindered("setup.clusterNoCommand", there));
        }
        return there.linuxPools().isEmpty() ? Optional.of(hindered("setup.clusterNoLinux", there)) : Optional.empty();
    }

    private Failure hindered(String key, ClusterInfo there) {
        return Failure.of(key, "", label, group, there.name(), azure().id());
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment("The cluster " + label + ", whose nodes pull with its kubelet identity");
        script.keep(
                "principalId",
                "az",
                "aks",
                "show",
                "--resource-group",
                group,
                "--name",
                cluster.name(),
                "--query",
                "identityProfile.kubeletidentity.objectId",
                "--output",
                "tsv");
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Optional<ClusterInfo> found = azure.clusters().find(group, cluster.name());
        Optional<Failure> hindrance = hindrance(found);
        if (hindrance.isPresent()) {
            throw hindrance.get();
        }
        ClusterInfo there = found.orElseThrow();
        context.establish(ClusterFacts.CLUSTER, there);
        context.establish(CloudFacts.PRINCIPAL_ID, there.kubelet().orElseThrow().principalId());
        return new Result(
                Outcome.FOUND,
                Text.of("setup.cluster.found", String.valueOf(there.linuxPools().size())));
    }
}
