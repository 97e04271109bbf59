package io.keylesspull.setup.step.cluster;

import io.keylesspull.azure.cluster.ClusterInfo;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.cloud.AzureStep;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Removes what an interrupted proof left in a cluster: a namespace with its pods. */
public final class RemoveNamespaceStep extends AzureStep {

    private final SetupRequest.Cluster cluster;
    private final String label;
    private final String group;
    private final List<Change> namespaces;

    public RemoveNamespaceStep(
            SetupRequest request, SetupRequest.Cluster cluster, List<Change> namespaces, AzureSubscription azure) {
        super(
                StepId.on(request.label(cluster), "remove-namespace"),
                Text.of("setup.step.removeNamespace"),
                Text.of("setup.subject.cluster", request.label(cluster)),
                Set.of(),
                Set.of(ClusterFacts.cleaned(request.label(cluster))),
                azure);
        this.cluster = cluster;
        this.label = request.label(cluster);
        this.group = request.clusterGroup(cluster);
        this.namespaces = List.copyOf(namespaces);
    }

    @Override
    public Preview preview(Known known) {
        return Preview.delete(words(label));
    }

    /** @param label what the run calls the cluster */
    public static Text words(String label) {
        return Text.of("setup.undo.namespace", label);
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Optional<ClusterInfo> found = azure.clusters().find(group, cluster.name());
        for (Change namespace : namespaces) {
            if (found.isPresent()) {
                new ProofNamespace(new ClusterShell(context, azure, found.get(), label), namespace).remove();
            } else {
                context.reverted(namespace);
            }
        }
        context.establish(ClusterFacts.cleaned(label), label);
        return found.isPresent()
                ? new Result(Outcome.CHANGED, Text.of("setup.undo.namespaceGone"))
                : new Result(Outcome.CHECKED, Text.of("setup.undo.wasGone"));
    }
}
