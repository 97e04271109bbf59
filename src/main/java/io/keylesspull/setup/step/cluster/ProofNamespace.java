package io.keylesspull.setup.step.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.azure.cluster.ClusterInfo;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.remote.Command;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The namespace of a proof, until it is seen to be gone. One that was deleted is Terminating for some seconds, and
 * longer for as long as a finalizer holds it, or something in it. Source: kubernetes/kubernetes,
 * pkg/controller/namespace/deletion/namespaced_resources_deleter.go.
 *
 * @param made the change that the journal has of it
 */
record ProofNamespace(ClusterShell shell, Change made) {

    /** Kubernetes looks into a deleted namespace after 5 seconds; each look is a command that takes seconds itself. */
    private static final Retry UNTIL_GONE = new Retry(
            Duration.ofMinutes(2), List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20)));

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Deletes it, and waits until it is gone. Not before that does the journal forget it.
     *
     * @throws Failure also if it stays
     */
    void remove() throws Failure, InterruptedException {
        shell.run(ProofPods.delete(name()), Map.of());
        await(there -> true);
        shell.context().reverted(made);
    }

    /** Waits until it is gone if an earlier attempt has deleted it: meanwhile nothing can be made in it. */
    void awaitUsable() throws Failure, InterruptedException {
        await(there -> there.at("/status/phase").asText().equals("Terminating"));
    }

    /** Shows what holds it, for people. */
    Command lookByHand() {
        return ClusterShell.byHand(
                shell.cluster().resourceGroup(), shell.cluster().name(), tell(), "");
    }

    private String tell() {
        return "kubectl get namespace " + name() + " -o yaml";
    }

    String name() {
        return made.subject();
    }

    private void await(Predicate<JsonNode> inTheWay) throws Failure, InterruptedException {
        shell.context().retry(UNTIL_GONE, () -> {
            JsonNode there = look();
            if (!there.isMissingNode() && inTheWay.test(there)) {
                throw new NotYet(
                        Text.of("setup.cluster.terminating", name()),
                        stays(there).problem());
            }
            return there;
        });
    }

    /** A missing node if it is gone. */
    private JsonNode look() throws Failure, InterruptedException {
        try {
            return JSON.readTree(shell.read(ProofPods.lookForNamespace(name())));
        } catch (JsonProcessingException e) {
            throw Failure.of("setup.clusterCommandFailed", String.valueOf(e.getMessage()), shell.label());
        }
    }

    private Failure stays(JsonNode there) {
        ClusterInfo cluster = shell.cluster();
        return Failure.of(
                "setup.namespaceStays",
                holders(there),
                shell.label(),
                name(),
                cluster.resourceGroup(),
                cluster.name(),
                tell(),
                shell.azure().id());
    }

    /** Its finalizers, and the conditions that say of what is in it. */
    private static String holders(JsonNode there) {
        return Stream.concat(
                        ProofPods.stream(there.at("/metadata/finalizers")).map(JsonNode::asText),
                        ProofPods.stream(there.at("/status/conditions"))
                                .filter(condition ->
                                        condition.path("status").asText().equals("True"))
                                .map(condition -> condition.path("message").asText()))
                .collect(Collectors.joining("\n"));
    }
}
