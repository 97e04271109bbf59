package io.keylesspull.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.clock.PracticeClock;
import io.keylesspull.practice.machine.program.docker.RegistryClient;
import io.keylesspull.practice.machine.state.DockerReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The namespaces, pods and events of one cluster. No thread works on them: a node pulls when the cluster is next asked.
 * Pods are shown as containerd nodes show them. Safe for use by many threads.
 */
final class Cluster {

    /** From the pod's creation until its node asks the registry. */
    private static final Duration SCHEDULING = Duration.ofSeconds(1);

    /**
     * From a namespace's deletion until it is looked into, which is when its own finalizer goes. Source:
     * kubernetes/kubernetes, pkg/controller/namespace/namespace_controller.go.
     */
    private static final Duration EMPTYING = Duration.ofSeconds(5);

    private static final List<String> FIRST_NAMESPACES =
            List.of("aks-command", "default", "kube-node-lease", "kube-public", "kube-system");

    private final Optional<ImagePolicy> policy;
    private final List<NodePool> pools;
    private final Kubelet kubelet;
    private final PracticeClock clock;
    private final ClusterHook hook;
    private final Map<String, Namespace> namespaces = new LinkedHashMap<>();
    private final Map<String, Pod> pods = new LinkedHashMap<>();
    private final List<ObjectNode> events = new ArrayList<>();

    Cluster(
            List<NodePool> pools,
            Optional<ImagePolicy> policy,
            Kubelet kubelet,
            PracticeClock clock,
            ClusterHook hook) {
        this.policy = policy;
        this.pools = List.copyOf(pools);
        this.kubelet = kubelet;
        this.clock = clock;
        this.hook = hook;
        FIRST_NAMESPACES.forEach(name -> namespaces.put(name, new Namespace(name, Optional.empty())));
    }

    /** Creates a namespace. @return whether it is new */
    synchronized boolean addNamespace(String name) {
        return namespace(name).isEmpty() && namespaces.put(name, new Namespace(name, Optional.empty())) == null;
    }

    /** Empty if there is none, or none any more. */
    synchronized Optional<Namespace> namespace(String name) {
        if (hook.finalizer().isEmpty()) {
            namespaces.values().removeIf(namespace -> namespace.isEmptied(clock.now()));
        }
        return Optional.ofNullable(namespaces.get(name));
    }

    /** A namespace as {@code kubectl get} shows it. */
    synchronized ObjectNode shown(Namespace namespace) {
        ObjectNode shown =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Namespace");
        ObjectNode metadata = shown.putObject("metadata").put("name", namespace.name());
        hook.finalizer().ifPresent(finalizer -> metadata.putArray("finalizers").add(finalizer));
        shown.putObject("status").put("phase", namespace.phase());
        return shown;
    }

    /**
     * Begins to delete a namespace. What is in it goes at once, and the namespace itself later.
     *
     * @return whether there was one
     */
    synchronized boolean removeNamespace(String name) {
        Optional<Namespace> found = namespace(name);
        pods.values().removeIf(pod -> pod.namespace().equals(name));
        events.removeIf(event -> event.at("/metadata/namespace").asText().equals(name));
        found.filter(namespace -> !namespace.isTerminating())
                .ifPresent(namespace -> namespaces.put(name, namespace.deleted(clock.after(EMPTYING))));
        return found.isPresent();
    }

    synchronized Optional<ObjectNode> pod(String namespace, String name) {
        return Optional.ofNullable(pods.get(namespace + "/" + name)).map(Pod::manifest);
    }

    synchronized void addPod(ObjectNode manifest) {
        String wanted = manifest.at("/spec/nodeSelector/agentpool").asText();
        Optional<NodePool> pool = pools.stream()
                .filter(NodePool::linux)
                .filter(one -> one.count() > 0)
                .filter(one -> wanted.isEmpty() || one.name().equals(wanted))
                .filter(one -> one.taints().isEmpty() || toleratesAll(manifest))
                .findFirst();
        Pod pod = new Pod(manifest, pool.map(NodePool::node).orElse(""), clock.after(SCHEDULING));
        pods.put(pod.namespace() + "/" + pod.name(), pod);
        if (pool.isPresent()) {
            event(
                    pod,
                    "Normal",
                    "Scheduled",
                    "Successfully assigned " + pod.namespace() + "/" + pod.name() + " to " + pod.node());
        } else {
            event(
                    pod,
                    "Warning",
                    "FailedScheduling",
                    "0/" + nodes() + " nodes are available: " + nodes()
                            + " node(s) didn't match Pod's node affinity/selector. preemption: 0/" + nodes()
                            + " nodes are available: " + nodes() + " Preemption is not helpful for scheduling.");
        }
    }

    /** A toleration without a key tolerates every taint. The practice cloud knows no other. */
    private static boolean toleratesAll(JsonNode manifest) {
        for (JsonNode toleration : manifest.at("/spec/tolerations")) {
            if (toleration.path("operator").asText().equals("Exists") && !toleration.has("key")) {
                return true;
            }
        }
        return false;
    }

    /** Why Azure Policy does not admit a pod. @return empty if it does, or the cluster has no policy */
    Optional<String> denial(JsonNode manifest) {
        return policy.flatMap(constraint -> constraint.denial(manifest)).or(() -> hook.denial(manifest));
    }

    private int nodes() {
        return pools.stream().mapToInt(NodePool::count).sum();
    }

    /** Deletes the pods of a namespace. @return their names */
    synchronized List<String> removePods(String namespace) {
        List<String> names = pods.values().stream()
                .filter(pod -> pod.namespace().equals(namespace))
                .map(Pod::name)
                .toList();
        names.forEach(name -> pods.remove(namespace + "/" + name));
        return names;
    }

    /** The pods of a namespace, as {@code kubectl get pods -o json} lists them. */
    synchronized Stream<JsonNode> pods(String namespace) {
        pods.values().forEach(this::pullIfDue);
        return pods.values().stream()
                .filter(pod -> pod.namespace().equals(namespace))
                .map(this::shown);
    }

    /** The events of a namespace, likewise. */
    synchronized Stream<JsonNode> events(String namespace) {
        pods.values().forEach(this::pullIfDue);
        return List.copyOf(events).stream()
                .filter(event -> event.at("/metadata/namespace").asText().equals(namespace))
                .map(JsonNode::deepCopy);
    }

    /** The namespaces that were made, and all pods. */
    synchronized Stream<String> inventory() {
        return Stream.concat(
                List.copyOf(namespaces.keySet()).stream()
                        .filter(name -> !FIRST_NAMESPACES.contains(name))
                        .filter(name -> namespace(name).isPresent())
                        .map("namespace "::concat),
                List.copyOf(pods.keySet()).stream().map("pod "::concat));
    }

    private void pullIfDue(Pod pod) {
        if (!pod.isDue(clock.now())) {
            if (pod.refusal().isPresent() && !pod.isBackingOff()) {
                pod.backsOff();
                event(pod, "Normal", "BackOff", "Back-off pulling image \"" + pod.image() + "\"");
                event(pod, "Warning", "Failed", "Error: ImagePullBackOff");
            }
            return;
        }
        event(pod, "Normal", "Pulling", "Pulling image \"" + pod.image() + "\"");
        try {
            DockerReference image = DockerReference.parse(pod.image())
                    .orElseThrow(() -> new IllegalArgumentException("an image that kubectl did not check"));
            var pulled = kubelet.pull(image);
            pod.pulled(pulled);
            event(
                    pod,
                    "Normal",
                    "Pulled",
                    "Successfully pulled image \"" + pod.image()
                            + "\" in 1.207s (1.207s including waiting). Image size: " + pulled.size() + " bytes.");
            event(
                    pod,
                    "Normal",
                    "Created",
                    "Created container: " + container(pod).path("name").asText());
            event(pod, "Warning", "Failed", "Error: " + startError(pod));
        } catch (RegistryClient.Refusal refusal) {
            String message = "failed to pull and unpack image \"" + pod.image() + "\": " + refusal.getMessage();
            pod.refused(message, clock.now());
            event(pod, "Warning", "Failed", "Failed to pull image \"" + pod.image() + "\": " + message);
            event(pod, "Warning", "Failed", "Error: ErrImagePull");
        }
    }

    private static JsonNode container(Pod pod) {
        return pod.manifest().at("/spec/containers/0");
    }

    /** What containerd says of a command that is not in the image: nothing runs here, so none is. */
    private static String startError(Pod pod) {
        String command = container(pod).at("/command/0").asText("/entrypoint");
        return "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create "
                + "failed: unable to start container process: error during container init: exec: \"" + command
                + "\": stat " + command + ": no such file or directory";
    }

    private void event(Pod pod, String type, String reason, String message) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "v1")
                .put("kind", "Event")
                .put("type", type)
                .put("reason", reason)
                .put("message", message)
                .put("lastTimestamp", clock.now().toString());
        event.putObject("metadata").put("namespace", pod.namespace()).put("name", pod.name() + "." + events.size());
        event.putObject("involvedObject")
                .put("kind", "Pod")
                .put("namespace", pod.namespace())
                .put("name", pod.name());
        events.add(event);
    }

    private JsonNode shown(Pod pod) {
        ObjectNode shown = pod.manifest().deepCopy();
        ObjectNode status = shown.putObject("status");
        if (!pod.isScheduled()) {
            status.put("phase", "Pending");
            status.putArray("conditions")
                    .addObject()
                    .put("type", "PodScheduled")
                    .put("status", "False")
                    .put("reason", "Unschedulable");
            return shown;
        }
        shown.withObject("/spec").put("nodeName", pod.node());
        ObjectNode container = status.putArray("containerStatuses").addObject();
        container
                .put("name", container(pod).path("name").asText())
                .put("image", pod.image())
                .put("imageID", pod.pulled().map(image -> image.imageId()).orElse(""))
                .put("ready", false);
        ObjectNode state = container.putObject("state");
        if (pod.pulled().isPresent()) {
            status.put("phase", "Failed");
            state.putObject("terminated")
                    .put("exitCode", 128)
                    .put("reason", "StartError")
                    .put("message", startError(pod));
        } else {
            status.put("phase", "Pending");
            ObjectNode waiting = state.putObject("waiting");
            if (pod.refusal().isPresent()) {
                waiting.put("reason", pod.isBackingOff() ? "ImagePullBackOff" : "ErrImagePull")
                        .put(
                                "message",
                                pod.isBackingOff()
                                        ? "Back-off pulling image \"" + pod.image() + "\": ErrImagePull: "
                                                + pod.refusal().orElseThrow()
                                        : pod.refusal().orElseThrow());
            } else {
                waiting.put("reason", "ContainerCreating");
            }
        }
        return shown;
    }
}
