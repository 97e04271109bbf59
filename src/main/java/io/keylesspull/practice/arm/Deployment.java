package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.directory.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One deployment of a template: sends its resources to their providers, as the caller, each when those it depends on
 * are there; looks after their long-running operations as any client does. What depends on a resource that failed is
 * not sent.
 */
final class Deployment {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Map<String, Progress> progress = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final String id;
    private final String operationId;
    private final DeploymentTemplate template;
    private final Caller caller;
    private final ArmContext context;
    private final Function<ArmCall, CallResult> azure;
    private final Instant startedAt;
    private Optional<Instant> endedAt = Optional.empty();

    /** How far one resource is. */
    private static final class Progress {
        private String state = "Running";
        private String operation = "";
        private int httpStatus;
        private Optional<ObjectNode> error = Optional.empty();
    }

    /** @param azure answers the calls that it makes, under the state's lock */
    Deployment(
            String id,
            DeploymentTemplate template,
            Caller caller,
            ArmContext context,
            Function<ArmCall, CallResult> azure) {
        this.id = id;
        this.operationId = context.guids().next();
        this.template = template;
        this.caller = caller;
        this.context = context;
        this.azure = azure;
        this.startedAt = context.clock().now();
    }

    String id() {
        return id;
    }

    boolean isOperation(String asked) {
        return operationId.equalsIgnoreCase(asked);
    }

    boolean isRunning() {
        return endedAt.isEmpty();
    }

    boolean hasSucceeded() {
        return state().equals("Succeeded");
    }

    /** Goes on as far as it can at this moment, and later by itself. */
    void advance() {
        context.operations().settle();
        boolean moved = true;
        while (moved) {
            moved = false;
            for (DeploymentTemplate.Entry entry : template.resources()) {
                Progress known = progress.get(entry.id());
                if (known == null && entry.after().stream().allMatch(this::isThere)) {
                    progress.put(entry.id(), sent(entry));
                    moved = true;
                } else if (known != null && known.state.equals("Running") && looksDone(known)) {
                    moved = true;
                }
            }
        }
        if (progress.values().stream().anyMatch(one -> one.state.equals("Running"))) {
            context.operations().later(BETWEEN_LOOKS, this::advance);
        } else {
            endedAt = Optional.of(context.clock().now());
        }
    }

    private boolean isThere(String resource) {
        return progress.containsKey(resource) && progress.get(resource).state.equals("Succeeded");
    }

    private Progress sent(DeploymentTemplate.Entry entry) {
        Progress begun = new Progress();
        try {
            ArmReply reply = ask("PUT", entry.id(), Map.of("api-version", entry.apiVersion()), entry.body());
            begun.httpStatus = reply.status();
            begun.operation = reply.headers().getOrDefault("Azure-AsyncOperation", "");
            if (begun.operation.isEmpty()) {
                begun.state = "Succeeded";
            }
        } catch (ArmError refused) {
            fail(begun, refused.reply());
        }
        return begun;
    }

    private boolean looksDone(Progress known) {
        try {
            String[] address = known.operation.substring(ArmCall.HOST.length()).split("\\?", 2);
            Map<String, String> query = new LinkedHashMap<>();
            for (String pair : address[1].split("&")) {
                query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
            JsonNode status = ask("GET", address[0], query, Json.object()).body();
            String said = status.path("status").asText();
            if (said.equals("Succeeded")) {
                known.state = "Succeeded";
            } else if (said.equals("Failed") || said.equals("Canceled")) {
                ObjectNode body = Json.object();
                body.set("error", status.path("error"));
                fail(known, new ArmReply(409, body, Map.of()));
            }
        } catch (ArmError gone) {
            fail(known, gone.reply());
        }
        return !known.state.equals("Running");
    }

    private ArmReply ask(String method, String path, Map<String, String> query, ObjectNode body) {
        return (ArmReply) azure.apply(new ArmCall(method, RequestPath.of(path), query, body, caller));
    }

    /** The provider's own answer becomes the text of the error, as ARM passes it on. */
    private static void fail(Progress known, ArmReply refusal) {
        known.state = "Failed";
        known.httpStatus = refusal.status();
        known.error = Optional.of(Json.object()
                .put(
                        "code",
                        switch (refusal.status()) {
                            case 400 -> "BadRequest";
                            case 403 -> "Forbidden";
                            case 404 -> "NotFound";
                            case 409 -> "Conflict";
                            default -> "HttpStatus" + refusal.status();
                        })
                .put("message", refusal.body().toPrettyString()));
    }

    private String state() {
        if (isRunning()) {
            return "Running";
        }
        return errors().findAny().isPresent() ? "Failed" : "Succeeded";
    }

    private Stream<ObjectNode> errors() {
        return progress.values().stream().flatMap(one -> one.error.stream());
    }

    private ObjectNode error() {
        ObjectNode error = Json.object()
                .put("code", "DeploymentFailed")
                .put("target", id)
                .put(
                        "message",
                        "At least one resource deployment operation failed. Please list deployment operations for "
                                + "details. "
                                + "Please see https://aka.ms/arm-deployment-operations for usage details.");
        error.set("details", Json.array(errors()));
        return error;
    }

    /** What {@code …/operationStatuses/ID} answers. */
    ObjectNode status() {
        ObjectNode status = Json.object().put("status", state());
        if (state().equals("Failed")) {
            status.set("error", error());
        }
        return status;
    }

    /** Where {@link #status} is to be asked for. */
    String statusAddress(String apiVersion) {
        return ArmCall.HOST + id + "/operationStatuses/" + operationId + "?api-version=" + apiVersion;
    }

    /** As ARM shows it. */
    ObjectNode json() {
        ObjectNode shown = Json.object()
                .put("id", id)
                .put("name", ResourceStore.nameOf(id))
                .put("type", "Microsoft.Resources/deployments");
        ObjectNode properties = shown.putObject("properties")
                .put("templateHash", template.hash())
                .put("mode", "Incremental")
                .put("provisioningState", state())
                .put("timestamp", ended().toString())
                .put("duration", Duration.between(startedAt, ended()).toString())
                .put("correlationId", operationId);
        properties.putObject("parameters");
        properties.set("providers", providers());
        ArrayNode dependencies = properties.putArray("dependencies");
        template.resources().stream().filter(entry -> !entry.after().isEmpty()).forEach(entry -> {
            ObjectNode dependency = named(entry.id(), entry.type());
            dependency.set(
                    "dependsOn",
                    Json.array(template.resources().stream()
                            .filter(other -> entry.after().contains(other.id()))
                            .map(other -> named(other.id(), other.type()))));
            dependencies.add(dependency);
        });
        switch (state()) {
            case "Succeeded" ->
                properties.set(
                        "outputResources",
                        Json.array(template.resources().stream().map(entry -> Json.reference(entry.id()))));
            case "Failed" -> properties.set("error", error());
            default -> properties.putNull("outputResources");
        }
        return shown;
    }

    /** What {@code …/operations} lists: one for each resource that was sent. */
    List<ObjectNode> operations() {
        List<ObjectNode> all = new ArrayList<>();
        for (DeploymentTemplate.Entry entry : template.resources()) {
            Progress known = progress.get(entry.id());
            if (known == null) {
                continue;
            }
            String name = Integer.toHexString(entry.id().hashCode());
            ObjectNode operation =
                    Json.object().put("id", id + "/operations/" + name).put("operationId", name);
            ObjectNode properties = operation
                    .putObject("properties")
                    .put("provisioningOperation", "Create")
                    .put("provisioningState", known.state)
                    .put("timestamp", ended().toString())
                    .put("statusCode", String.valueOf(known.httpStatus));
            properties.set("targetResource", named(entry.id(), entry.type()));
            known.error.ifPresent(error -> properties.putObject("statusMessage").set("error", error));
            all.add(operation);
        }
        return all;
    }

    private Instant ended() {
        return endedAt.orElseGet(context.clock()::now);
    }

    private ArrayNode providers() {
        Map<String, Map<String, Set<String>>> locations = new TreeMap<>();
        for (DeploymentTemplate.Entry entry : template.resources()) {
            locations
                    .computeIfAbsent(entry.namespace(), anew -> new TreeMap<>())
                    .computeIfAbsent(entry.type().substring(entry.namespace().length() + 1), anew -> new TreeSet<>())
                    .add(Json.location(entry.body()));
        }
        ArrayNode providers = Json.array();
        locations.forEach((namespace, types) -> {
            ArrayNode resourceTypes =
                    providers.addObject().put("namespace", namespace).putArray("resourceTypes");
            types.forEach((type, where) -> where.forEach(
                    resourceTypes.addObject().put("resourceType", type).putArray("locations")::add));
        });
        return providers;
    }

    private static ObjectNode named(String id, String type) {
        return Json.object().put("id", id).put("resourceType", type).put("resourceName", ResourceStore.nameOf(id));
    }
}
