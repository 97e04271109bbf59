package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.arm.template.Evaluator;
import io.keylesspull.practice.arm.template.ParameterValues;
import io.keylesspull.practice.arm.template.TemplateError;
import io.keylesspull.practice.directory.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One deployment of a template: sends its resources to their providers, as the caller, each when those it depends on
 * are there; looks after their long-running operations as any client does. What depends on a resource that failed is
 * not sent.
 */
public final class Deployment {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int THROTTLED = 429;
    /** For how long a role is assigned again to a principal that is too new. */
    private static final int MOST_TRIES = 30;

    private final Map<String, Progress> progress = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final String operationId;
    private final DeploymentTemplate template;
    private final TemplateScope scope;
    private final Caller caller;
    private final ArmContext context;
    private final Function<ArmCall, CallResult> azure;
    private final Instant startedAt;
    private Optional<Instant> endedAt = Optional.empty();
    private Optional<ObjectNode> outputs = Optional.empty();
    private Optional<ObjectNode> outputError = Optional.empty();
    private boolean canceled;

    /** How far one resource is. */
    private static final class Progress {
        private String state = "Running";
        private String operation = "";
        private int httpStatus;
        private int tries;
        private Optional<ObjectNode> error = Optional.empty();
    }

    /** @param azure answers the calls that it makes, under the state's lock */
    public Deployment(Plan plan, Caller caller, ArmContext context, Function<ArmCall, CallResult> azure) {
        this.operationId = context.guids().next();
        this.template = plan.template();
        this.scope = template.scope().with(this::reference);
        this.caller = caller;
        this.context = context;
        this.azure = azure;
        this.startedAt = context.clock().now();
    }

    private String id() {
        return scope.target().id();
    }

    public boolean isOperation(String asked) {
        return operationId.equalsIgnoreCase(asked);
    }

    public boolean isRunning() {
        return endedAt.isEmpty();
    }

    public boolean hasSucceeded() {
        return state().equals("Succeeded");
    }

    /** Sends nothing more. What has been sent goes on. */
    public void cancel() {
        canceled = true;
        endedAt = Optional.of(context.clock().now());
    }

    /** Goes on as far as it can at this moment, and later by itself. */
    public void advance() {
        if (canceled) {
            return;
        }
        context.operations().settle();
        boolean moved = true;
        while (moved) {
            moved = false;
            for (TemplateResource resource : template.resources()) {
                Progress known = progress.get(resource.id());
                if (known == null && resource.after().stream().allMatch(this::isThere)) {
                    progress.put(resource.id(), sent(resource, new Progress()));
                    moved = true;
                } else if (known != null && known.state.equals("Running") && !known.operation.isEmpty()) {
                    moved |= looksDone(known);
                }
            }
        }
        if (progress.values().stream().anyMatch(one -> one.state.equals("Running"))) {
            context.operations().later(BETWEEN_LOOKS, least(), () -> {
                sendAgain();
                advance();
            });
        } else {
            endedAt = Optional.of(context.clock().now());
            if (errors().findAny().isEmpty()) {
                evaluateOutputs();
            }
        }
    }

    /** Scripts on machines take their time, also where nothing else does, and they need the lock, too. */
    private Duration least() {
        return template.resources().stream()
                        .anyMatch(resource -> ResourceKind.RUN_COMMAND.type().equalsIgnoreCase(resource.type()))
                ? Duration.ofMillis(200)
                : Duration.ofMillis(1);
    }

    private boolean isThere(String resource) {
        return progress.containsKey(resource) && progress.get(resource).state.equals("Succeeded");
    }

    private void sendAgain() {
        for (TemplateResource resource : template.resources()) {
            Progress known = progress.get(resource.id());
            if (!canceled && known != null && known.state.equals("Running") && known.operation.isEmpty()) {
                sent(resource, known);
            }
        }
    }

    private Progress sent(TemplateResource resource, Progress begun) {
        try {
            ArmReply reply = ask("PUT", resource.id(), version(resource.apiVersion()), body(resource));
            begun.httpStatus = reply.status();
            begun.operation = reply.headers().getOrDefault("Azure-AsyncOperation", "");
            if (begun.operation.isEmpty()) {
                begun.state = "Succeeded";
            }
        } catch (ArmError refused) {
            // Azure's advice for templates that make an identity and assign it a role is to say its principal type;
            // then the assignment waits for the directory.
            boolean waits = refused.code().equals("PrincipalNotFound")
                    && !resource.raw().at("/properties/principalType").isMissingNode();
            ArmReply reply = refused.reply();
            // A provider that has had too many requests gets this one again until it takes it.
            if (reply.status() != THROTTLED && (!waits || ++begun.tries > MOST_TRIES)) {
                fail(begun, reply);
            }
        }
        return begun;
    }

    private ObjectNode body(TemplateResource resource) {
        try {
            return resource.body(scope, false);
        } catch (TemplateError invalid) {
            throw invalid.refusal(resource.id());
        }
    }

    private static Map<String, String> version(String apiVersion) {
        return Map.of("api-version", apiVersion);
    }

    private JsonNode reference(String nameOrId, String apiVersion, boolean full) {
        Optional<TemplateResource> own = template.find(nameOrId);
        if (own.isEmpty() && !nameOrId.startsWith("/")) {
            throw new TemplateError("The template reference '" + nameOrId
                    + "' is not valid: could not find template resource or resource copy with this name. Please see "
                    + "https://aka.ms/arm-function-reference for usage details.");
        }
        String version = own.filter(found -> apiVersion.isEmpty())
                .map(TemplateResource::apiVersion)
                .orElse(apiVersion);
        if (version.isEmpty()) {
            throw new TemplateError("The template reference to '" + nameOrId
                    + "' requires an API version. Please see https://aka.ms/arm-template for usage details.");
        }
        String id = own.map(TemplateResource::id).orElse(nameOrId);
        ObjectNode found =
                (ObjectNode) ask("GET", id, version(version), Json.object()).body();
        if (!full) {
            return found.path("properties").deepCopy();
        }
        RequestPath path = RequestPath.of(id);
        return found.deepCopy()
                .put("apiVersion", version)
                .put("resourceId", id)
                .put("subscriptionId", path.subscription().orElse(""))
                .put("resourceGroupName", path.group().orElse(""));
    }

    /** An output has a value, or a copy whose input is repeated. */
    private static ObjectNode valueOf(JsonNode output) {
        ObjectNode wanted = Json.object();
        if (output.path("copy").isObject()) {
            ObjectNode copy = output.get("copy").deepCopy();
            wanted.putArray("copy").add(copy.put("name", "value"));
        } else {
            wanted.set("value", output.path("value"));
        }
        return wanted;
    }

    private void evaluateOutputs() {
        ObjectNode all = Json.object();
        try {
            scope.template().path("outputs").fields().forEachRemaining(output -> {
                Evaluator evaluator = new Evaluator(scope, false);
                JsonNode condition = evaluator.evaluate(output.getValue().path("condition"));
                if (condition.isBoolean() && !condition.asBoolean()) {
                    return;
                }
                String type = output.getValue().path("type").asText();
                ObjectNode one = all.putObject(output.getKey()).put("type", ParameterValues.shownType(type));
                JsonNode value = evaluator.evaluate(valueOf(output.getValue())).path("value");
                if (!type.toLowerCase(Locale.ROOT).startsWith("secure")) {
                    one.set("value", value);
                }
            });
            outputs = Optional.of(all);
        } catch (TemplateError | ArmError invalid) {
            ObjectNode error = Json.object()
                    .put("code", "DeploymentOutputEvaluationFailed")
                    .put(
                            "message",
                            "Unable to evaluate template outputs. Please see error details and deployment operations. "
                                    + "Please see https://aka.ms/arm-common-errors for usage details.");
            ObjectNode detail = error.putArray("details").addObject();
            detail.put("code", invalid instanceof ArmError refused ? refused.code() : "InvalidTemplate")
                    .put("message", invalid.getMessage());
            outputError = Optional.of(error);
        }
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
        CallResult answer = azure.apply(new ArmCall(method, RequestPath.of(path), query, body, caller));
        // Of work outside the lock, such as a script's, only the beginning counts here: its operation tells its end.
        return answer instanceof CallResult.Work work ? work.locked().apply(ArmReply.ok()) : (ArmReply) answer;
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
        if (canceled) {
            return "Canceled";
        }
        if (isRunning()) {
            return "Running";
        }
        return errors().findAny().isPresent() || outputError.isPresent() ? "Failed" : "Succeeded";
    }

    private Stream<ObjectNode> errors() {
        return progress.values().stream().flatMap(one -> one.error.stream());
    }

    private ObjectNode error() {
        if (canceled) {
            return Json.object()
                    .put("code", "DeploymentCanceled")
                    .put("target", id())
                    .put("message", "The deployment '" + scope.target().name() + "' was canceled.");
        }
        return outputError.orElseGet(() -> {
            ObjectNode error = Json.object()
                    .put("code", "DeploymentFailed")
                    .put("target", id())
                    .put(
                            "message",
                            "At least one resource deployment operation failed. Please list deployment operations for "
                                    + "details. "
                                    + "Please see https://aka.ms/arm-deployment-operations for usage details.");
            error.set("details", Json.array(errors()));
            return error;
        });
    }

    private boolean hasError() {
        return state().equals("Failed") || state().equals("Canceled");
    }

    /** What {@code …/operationStatuses/ID} answers. */
    public ObjectNode status() {
        ObjectNode status = Json.object().put("status", state());
        if (hasError()) {
            status.set("error", error());
        }
        return status;
    }

    /** Where {@link #status} is to be asked for. */
    public String statusAddress(String apiVersion) {
        return ArmCall.HOST + id() + "/operationStatuses/" + operationId + "?api-version=" + apiVersion;
    }

    /** As ARM shows it. */
    public ObjectNode json() {
        ObjectNode shown = Plan.shown(template);
        ObjectNode properties = ((ObjectNode) shown.path("properties"))
                .put("provisioningState", state())
                .put("timestamp", ended().toString())
                .put("duration", Duration.between(startedAt, ended()).toString())
                .put("correlationId", operationId);
        outputs.filter(all -> !all.isEmpty()).ifPresent(all -> properties.set("outputs", all));
        if (hasError()) {
            properties.set("error", error());
        } else if (isRunning()) {
            properties.putNull("outputResources");
        } else {
            properties.set(
                    "outputResources", Json.array(template.resources().stream().map(one -> Json.reference(one.id()))));
        }
        return shown;
    }

    /** What {@code …/operations} lists: one for each resource that was sent. */
    public List<ObjectNode> operations() {
        List<ObjectNode> all = new ArrayList<>();
        for (TemplateResource resource : template.resources()) {
            Progress known = progress.get(resource.id());
            if (known == null) {
                continue;
            }
            String name = Integer.toHexString(resource.id().hashCode());
            ObjectNode operation =
                    Json.object().put("id", id() + "/operations/" + name).put("operationId", name);
            ObjectNode properties = operation
                    .putObject("properties")
                    .put("provisioningOperation", "Create")
                    .put("provisioningState", known.state)
                    .put("timestamp", ended().toString())
                    .put("duration", Duration.between(startedAt, ended()).toString())
                    .put("statusCode", String.valueOf(known.httpStatus));
            properties.set("targetResource", Plan.named(resource));
            known.error.ifPresent(error -> properties.putObject("statusMessage").set("error", error));
            all.add(operation);
        }
        return all;
    }

    private Instant ended() {
        return endedAt.orElseGet(context.clock()::now);
    }
}
