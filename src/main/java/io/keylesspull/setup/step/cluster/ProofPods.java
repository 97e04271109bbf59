package io.keylesspull.setup.step.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.setup.step.pull.Pulling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The pods that prove that a cluster pulls an image: one for each node pool, in a namespace of their own. They start no
 * program of the image, because their command is not in it; the node pulls the image nevertheless, and reports its
 * digest.
 *
 * @param image as the pods name it, with its login server
 * @param pools names of the node pools
 */
record ProofPods(String namespace, String image, List<String> pools) {

    static final String FILE = "pods.json";

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Nobody's program has this name. */
    private static final String COMMAND = "/keyless-pull-starts-nothing";

    private static final long NOBODY = 65534;
    private static final String CONTAINER = "proof";

    /** What {@code kubectl apply} gets. */
    String manifest() {
        ObjectNode list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
        ArrayNode items = list.putArray("items");
        items.addObject()
                .put("apiVersion", "v1")
                .put("kind", "Namespace")
                .set("metadata", labelled(JSON.createObjectNode().put("name", namespace)));
        pools.forEach(pool -> items.add(pod(pool)));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ObjectNode labelled(ObjectNode metadata) {
        metadata.putObject("labels").put("app.kubernetes.io/managed-by", "keyless-pull");
        return metadata;
    }

    private ObjectNode pod(String pool) {
        ObjectNode pod = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
        pod.set(
                "metadata",
                labelled(JSON.createObjectNode().put("name", name(pool)).put("namespace", namespace)));
        ObjectNode spec = pod.putObject("spec")
                .put("automountServiceAccountToken", false)
                .put("enableServiceLinks", false)
                .put("restartPolicy", "Never");
        spec.putObject("nodeSelector").put("agentpool", pool);
        spec.putArray("tolerations").addObject().put("operator", "Exists");
        spec.putObject("securityContext")
                .put("runAsNonRoot", true)
                .put("runAsUser", NOBODY)
                .put("runAsGroup", NOBODY)
                .putObject("seccompProfile")
                .put("type", "RuntimeDefault");
        ObjectNode container = spec.putArray("containers")
                .addObject()
                .put("name", CONTAINER)
                .put("image", image)
                .put("imagePullPolicy", "Always");
        container.putArray("command").add(COMMAND);
        ObjectNode security = container
                .putObject("securityContext")
                .put("allowPrivilegeEscalation", false)
                .put("readOnlyRootFilesystem", true);
        security.putObject("capabilities").putArray("drop").add("ALL");
        ObjectNode resources = container.putObject("resources");
        for (String bound : List.of("requests", "limits")) {
            resources.putObject(bound).put("cpu", "50m").put("memory", "32Mi");
        }
        return pod;
    }

    private static String name(String pool) {
        return CONTAINER + "-" + pool;
    }

    /** The command that tells how far they are. */
    String look() {
        return "kubectl get pods,events --namespace " + namespace + " -o json";
    }

    /** The same for people: the digests alone. */
    String lookByHand() {
        return "kubectl get pods --namespace " + namespace
                + " -o jsonpath={.items[*].status.containerStatuses[0].imageID}";
    }

    /** The command that lets all nodes pull at once, however long they would wait before the next time. */
    String again() {
        return "kubectl delete pods --all --namespace " + namespace + " --now && " + apply();
    }

    static String apply() {
        return "kubectl apply -f " + FILE;
    }

    /** The node pools whose pods the cluster has not made. @param applied what {@link #apply} printed */
    List<String> notMade(String applied) {
        return pools.stream()
                .filter(pool ->
                        applied.lines().noneMatch(line -> line.strip().equals("pod/" + name(pool) + " created")))
                .toList();
    }

    /** Whether the cluster let nobody make anything. @param applied what {@link #apply} printed */
    static boolean isNothingMade(String applied) {
        return applied.contains("(Forbidden)")
                && applied.lines().noneMatch(line -> line.strip().matches("\\S+/\\S+ (created|configured|unchanged)"));
    }

    static String delete(String namespace) {
        return "kubectl delete namespace " + namespace + " --ignore-not-found --wait=false";
    }

    /** Prints nothing if it is gone. */
    static String lookForNamespace(String namespace) {
        return "kubectl get namespace " + namespace + " --ignore-not-found -o json";
    }

    /** The same for people: its name, or nothing. */
    static String namespaceByHand(String namespace) {
        return "kubectl get namespace " + namespace + " --ignore-not-found -o name";
    }

    /**
     * How far each node pool is.
     *
     * @param listed what {@link #look} printed
     */
    Map<String, Pulling> progress(String listed) throws JsonProcessingException {
        JsonNode items = JSON.readTree(listed).path("items");
        return pools.stream()
                .collect(Collectors.toMap(
                        pool -> pool, pool -> progress(items, name(pool)), (one, other) -> one, LinkedHashMap::new));
    }

    private static Pulling progress(JsonNode items, String pod) {
        Optional<JsonNode> found = objects(items, "Pod")
                .filter(one -> one.at("/metadata/name").asText().equals(pod))
                .findFirst();
        JsonNode status =
                found.map(one -> one.at("/status/containerStatuses/0")).orElseGet(MissingNode::getInstance);
        String imageId = status.path("imageID").asText();
        if (!imageId.isEmpty() && event(items, pod, "Pulled").isPresent()) {
            return new Pulling.Pulled(imageId.substring(imageId.indexOf('@') + 1));
        }
        JsonNode waiting = status.at("/state/waiting");
        String reason = waiting.path("reason").asText();
        if (reason.equals("ErrImagePull") || reason.equals("ImagePullBackOff")) {
            return Pulling.Refused.of(waiting.path("message").asText());
        }
        return found.filter(one -> isUnschedulable(one))
                .<Pulling>map(one -> new Pulling.Unscheduled(
                        event(items, pod, "FailedScheduling").orElse("Unschedulable")))
                .orElseGet(() -> new Pulling.Waiting(""));
    }

    private static boolean isUnschedulable(JsonNode pod) {
        return stream(pod.at("/status/conditions"))
                .anyMatch(condition -> condition.path("reason").asText().equals("Unschedulable"));
    }

    /** The message of the latest event with a reason. */
    private static Optional<String> event(JsonNode items, String pod, String reason) {
        return objects(items, "Event")
                .filter(event -> event.at("/involvedObject/name").asText().equals(pod))
                .filter(event -> event.path("reason").asText().equals(reason))
                .map(event -> event.path("message").asText())
                .reduce((earlier, later) -> later);
    }

    private static Stream<JsonNode> objects(JsonNode items, String kind) {
        return stream(items).filter(item -> item.path("kind").asText().equals(kind));
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
