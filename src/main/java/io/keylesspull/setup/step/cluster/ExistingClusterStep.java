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
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
        checks.add(new Preflight(
                what, () -> Finding.badIf(hindrance(found, azure().tenantId()).map(Failure::problem))));
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
        checks.add(pools(
                        "setup.check.nodePools",
                        "setup.poolsEmpty",
                        found.get(),
                        pool -> pool.linux() && pool.count() == 0)
                .ifNotBad(what));
        checks.add(pools("setup.check.windowsPools", "setup.poolsWindows", found.get(), pool -> !pool.linux())
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

    /** Node pools in which nothing will be proven. @param problem if there are such */
    private Preflight pools(String check, String problem, ClusterInfo found, Predicate<NodePool> which) {
        String names = found.pools().stream().filter(which).map(NodePool::name).collect(Collectors.joining(", "));
        return new Preflight(
                Text.of(check, label),
                () -> names.isEmpty()
                        ? Finding.good()
                        : Finding.doubtful(Failure.of(problem, "", label, names, group, found.name(), azure().id())
                                .problem()));
    }

    /** Why the cluster cannot be set up. */
    private Optional<Failure> hindrance(Optional<ClusterInfo> found, String tenant) {
        if (found.isEmpty()) {
            return Optional.of(Failure.of("setup.missing.cluster", "", label, group, azure().id()));
        }
        ClusterInfo there = found.get();
        return there.hindrance()
                .map(hindrance -> hindered(
                        switch (hindrance) {
                            case ELSEWHERE -> "setup.clusterElsewhere";
                            case SERVICE_PRINCIPAL -> "setup.clusterServicePrincipal";
                            case NO_KUBELET -> "setup.clusterNoKubelet";
                            case STOPPED -> "setup.clusterStopped";
                            case NO_RUN_COMMAND -> "setup.clusterNoCommand";
                            case NO_LINUX -> "setup.clusterNoLinux";
                        },
                        there.otherTenantId()
                                .map(other -> other + " ≠ " + tenant)
                                .orElse(""),
                        there.name()));
    }

    private Failure hindered(String key, String details, String name) {
        return Failure.of(key, details, label, group, name, azure().id());
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
    public void template(Template template, Known known) {
        template.add(new Part.Cluster(cluster.name(), group));
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Optional<ClusterInfo> found = azure.clusters().find(group, cluster.name());
        Optional<Failure> hindrance = hindrance(found, azure.tenantId());
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
