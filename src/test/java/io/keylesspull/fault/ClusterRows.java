package io.keylesspull.fault;

import static io.keylesspull.fault.RequestRows.azure;
import static io.keylesspull.fault.Row.run;
import static io.keylesspull.fault.Setup.CLUSTER;
import static io.keylesspull.fault.Setup.CLUSTER_WITH_POLICY;
import static io.keylesspull.practice.fault.Occasions.always;
import static io.keylesspull.practice.fault.Occasions.first;

import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import java.util.List;

/** A cluster. The refusals are those of public issues: Azure/azure-cli 25336 and 27776, Azure/AKS 4769. */
final class ClusterRows {

    private static final RequestMatcher COMMANDS = azure().method("POST").path("/runCommand");
    private static final HttpFault SLOW = HttpFault.refusal(
            400,
            "KubernetesPerformanceError",
            "Failed to run command due to cluster perf issue, container command-3e95f88a67b54ccbb4b0fc5e6b5cb859 in "
                    + "aks-command namespace did not start within 30s on your cluster, retry may helps. If issue "
                    + "persist, you may need to tune your cluster with better performance (larger node/paid tier).");
    private static final HttpFault BLOCKED = HttpFault.refusal(
            400,
            "RunCommandBlockedByAzurePolicy",
            "Run command is blocked by external resource, please check the error message for more details. details: "
                    + "AKS runCommand feature is blocked by Azure Policy applied to this cluster, to fix this issue "
                    + "you will need to run `kubectl get k8sazurecustomcontainerallowedimages -o yaml` find policy "
                    + "assignment by `azure-policy-assignment-id` annotation, then fix the policy.");

    private ClusterRows() {}

    static List<Row> rows() {
        return List.of(
                run(
                        "the cluster is slow to start commands for a while",
                        CLUSTER,
                        world -> world.http(COMMANDS, first(2), SLOW),
                        """
                        proven after 30..40 s; met 2 times
                        waits: 2 × the cluster is slow to start the command
                        check: …
                        undo: as before
                        """),
                run(
                        "the cluster never starts a command in time",
                        CLUSTER,
                        world -> world.http(COMMANDS, always(), SLOW),
                        """
                        failed after 180..400 s; met 8..30 times
                        waits: 8..30 × the cluster is slow to start the command
                        check: …
                        cluster-proof: Cluster “practiceCluster” did not start the command in time. …
                        undo: as before
                        """),
                run("a policy of the cluster forbids the registry", CLUSTER_WITH_POLICY, world -> {}, """
                        failed after 0..20 s
                        check: …
                        cluster-proof: A policy of cluster “practiceClusterPolicy” does not allow images of registry \
                        practiceclassic.azurecr.io. …
                        undo: as before
                        """),
                run(
                        "a policy of the cluster refuses the pods of the proof",
                        CLUSTER,
                        world -> world.untilMended(world.faults().clusters().requireLabel("owner")),
                        """
                        failed after 0..9 s; met 2 times
                        check: …
                        cluster-proof: A policy of cluster “practiceCluster” refuses the pods of the proof. …
                        Read below what the policy says. … you must provide labels: {"owner"} …
                        left: roleAssignments
                        undo: as before
                        """),
                run(
                        "a finalizer that nobody removes holds the namespace of the proof",
                        CLUSTER,
                        world -> world.untilMended(
                                world.faults().clusters().keepNamespaces("controller.cattle.io/namespace-auth")),
                        """
                        proven after 120..130 s; met …
                        waits: 5..12 × namespace keyless-pull-‹run› was deleted and is not gone yet
                        check: …
                        undo: as before
                        """),
                run(
                        "a policy of the cluster refuses the pod in which Azure runs commands",
                        CLUSTER,
                        world -> world.http(COMMANDS, always(), BLOCKED),
                        """
                        failed after 0..1 s; met 2 times
                        check: …
                        cluster-proof: A policy of cluster “practiceCluster” refuses the pod in which Azure runs \
                        commands. …
                        undo: as before
                        """),
                run(
                        "the cluster's identities are of another directory",
                        CLUSTER,
                        world -> world.untilMended(world.faults().arm().moveCluster("practiceCluster")),
                        """
                        failed after 0..1 s
                        check: The identities of cluster “practiceCluster” are in another directory (tenant) …
                        undo: nothing to undo
                        """));
    }
}
