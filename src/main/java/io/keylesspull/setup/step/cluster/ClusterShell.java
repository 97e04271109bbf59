package io.keylesspull.setup.step.cluster;

import io.keylesspull.azure.cluster.ClusterInfo;
import io.keylesspull.azure.cluster.Clusters;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.remote.OutputListener;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.Grant;
import io.keylesspull.text.Text;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sends commands to a cluster and shows them in the run's log as a person would type them.
 *
 * @param label what the run calls the cluster
 */
record ClusterShell(StepContext context, AzureSubscription azure, ClusterInfo cluster, String label) {

    /**
     * Azure's words for a command whose pod did not start within 30 seconds (Azure/azure-cli#23203, #27776). They were
     * the second one at first, which other failures have too.
     */
    private static final String SLOW = "did not start within";

    /** Kubernetes' words for an admission webhook, such as Azure Policy's, that refuses an object. */
    private static final String DENIED = "denied the request";

    /**
     * A policy for the registries of images: Azure Policy's "Kubernetes cluster containers should only use allowed
     * images", and Gatekeeper's own (open-policy-agent/gatekeeper-library, src/general/allowedrepos/src.rego).
     */
    private static final Pattern REGISTRY =
            Pattern.compile("(?:Container image |has an invalid image repo <)([^/\\s]+)/\\S+"
                    + "(?: for container \\S+ has not been allowed|>, allowed repos are )");

    /** Azure's code for a policy that refuses the pod in which it runs commands (Azure/AKS#4769). */
    private static final String BLOCKED = "RunCommandBlockedByAzurePolicy";

    private static final Retry CLUSTER_SLOW =
            new Retry(Duration.ofMinutes(3), List.of(Duration.ofSeconds(10), Duration.ofSeconds(20)));

    /** The same as a person would type it. @param file that goes with it; empty for none */
    static Command byHand(String group, String name, String command, String file) {
        List<String> argv = new ArrayList<>(List.of(
                "az", "aks", "command", "invoke", "--resource-group", group, "--name", name, "--command", command));
        if (!file.isEmpty()) {
            argv.addAll(List.of("--file", file));
        }
        return Command.of(argv.toArray(String[]::new));
    }

    /**
     * Runs a command that must succeed; its output is logged.
     *
     * @param command of kubectl, or several joined by {@code &&}
     * @param files that go with it, by name; at most one
     * @return what it printed
     */
    String run(String command, Map<String, String> files) throws Failure, InterruptedException {
        return run(command, files, any -> List.of());
    }

    /** The same. @param pools names of the node pools of which the output says nothing if the command fails */
    String run(String command, Map<String, String> files, Function<String, List<String>> pools)
            throws Failure, InterruptedException {
        return run(command, files, pools, (stream, chunk) -> context.commandOutput(OutputStream.STDOUT, chunk));
    }

    /** The same without files, for output that only programs read; it is not logged. */
    String read(String command) throws Failure, InterruptedException {
        return run(command, Map.of(), any -> List.of(), OutputListener.none());
    }

    private String run(
            String command, Map<String, String> files, Function<String, List<String>> pools, OutputListener listener)
            throws Failure, InterruptedException {
        Command shown = byHand(
                cluster.resourceGroup(),
                cluster.name(),
                command,
                files.keySet().stream().findFirst().orElse(""));
        context.commandStarted(shown.shown());
        Clusters.Output output = context.retry(CLUSTER_SLOW, () -> attempt(command, files));
        // Masks what looks like a secret.
        CommandResult result = CommandResult.of(
                shown, output.exitStatus(), output.output().getBytes(StandardCharsets.UTF_8), new byte[0], listener);
        context.commandEnded(result.exitStatus());
        if (!result.ok()) {
            throw refusal(result.stdout().strip(), pools);
        }
        return result.stdout();
    }

    private Clusters.Output attempt(String command, Map<String, String> files)
            throws NotYet, Failure, InterruptedException {
        try {
            return azure.clusters().run(cluster, command, files);
        } catch (AzureException e) {
            if (e.getMessage().contains(SLOW)) {
                throw new NotYet(
                        Text.of("setup.cluster.slow"),
                        Failure.of("setup.clusterSlow", e.getMessage(), label).problem());
            }
            if (e.code().equals(BLOCKED) || e.getMessage().contains(DENIED)) {
                throw Failure.of("setup.clusterCommandPolicy", e.getMessage(), label, cluster.id(), azure.id());
            }
            throw AzureFailures.failure(Text.of("setup.subject.cluster", label), e);
        }
    }

    /** What is refused for each node pool in the same words is said once. */
    private Failure refusal(String output, Function<String, List<String>> pools) throws Failure, InterruptedException {
        Matcher registry = REGISTRY.matcher(output);
        boolean ofRegistry = registry.find();
        String key = output.contains(DENIED)
                ? ofRegistry ? "setup.clusterRegistryPolicy" : "setup.clusterPolicy"
                : output.contains("(Forbidden)") ? "setup.clusterForbidden" : "setup.clusterCommandFailed";
        try {
            return Failure.of(
                    key,
                    output.lines().distinct().collect(Collectors.joining("\n")),
                    label,
                    new Grant(azure).command("Azure Kubernetes Service RBAC Cluster Admin", cluster.id()),
                    ofRegistry ? registry.group(1) : "",
                    String.join(", ", pools.apply(output)),
                    cluster.resourceGroup(),
                    cluster.name(),
                    azure.id());
        } catch (AzureException e) {
            throw AzureFailures.failure(Text.of("setup.subject.cluster", label), e);
        }
    }
}
