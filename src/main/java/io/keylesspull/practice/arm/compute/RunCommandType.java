package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.Operations;
import io.keylesspull.practice.arm.core.ResourceEnvelope;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmPages;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.ProvisioningState;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.machine.Hypervisor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * {@code Microsoft.Compute/virtualMachines/runCommands}: managed Run Command, a script that is a resource. Sources:
 * Azure/azure-rest-api-specs, {@code Microsoft.Compute/ComputeRP/stable/2024-11-01/examples/runCommandExamples};
 * learn.microsoft.com/azure/virtual-machines/linux/run-command-managed; for the words of the instance view,
 * Azure/run-command-handler-linux, {@code internal/types/instanceview.go}.
 */
final class RunCommandType implements ResourceType {

    /** After how long Azure no longer waits for an agent that fetches nothing; practice, shorter than Azure's own. */
    private static final Duration GIVEN_UP = Duration.ofMinutes(5);

    private static final Duration DELETE = Duration.ofSeconds(5);
    private static final List<String> KEPT = List.of(
            "source",
            "parameters",
            "runAsUser",
            "timeoutInSeconds",
            "asyncExecution",
            "treatFailureAsDeploymentFailure");

    private final Map<String, Execution> executions = new HashMap<>();
    private final ArmContext context;
    private final Hypervisor hypervisor;
    private final VmPower power;
    private final BusyAgents busy;

    RunCommandType(ArmContext context, Hypervisor hypervisor, VmPower power, BusyAgents busy) {
        this.context = context;
        this.hypervisor = hypervisor;
        this.power = power;
        this.busy = busy;
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.RUN_COMMAND;
    }

    /** Answers a call to one of them, or to the list of a machine's. */
    CallResult answer(ArmCall call, ObjectNode machine) {
        String name = call.target().part(3);
        if (name.isEmpty()) {
            if (!call.is("GET")) {
                throw ArmError.methodNotAllowed(call.method());
            }
            return ArmPages.of(
                    call, of(machine).stream().map(one -> view(one, call)).toList());
        }
        String id = Json.id(machine) + "/runCommands/" + name;
        Optional<ObjectNode> existing = context.store().find(kind(), id);
        return switch (call.method()) {
            case "GET" ->
                ArmReply.ok(view(
                        existing.orElseThrow(
                                () -> ArmError.resourceNotFound(kind(), Json.name(machine) + "/" + name, call.group())),
                        call));
            case "PUT" -> run(call, machine, existing.map(Json::id).orElse(id), existing);
            case "DELETE" -> existing.map(one -> delete(call, one)).orElseGet(() -> ArmReply.empty(204));
            default -> throw ArmError.methodNotAllowed(call.method());
        };
    }

    private CallResult run(ArmCall call, ObjectNode machine, String id, Optional<ObjectNode> existing) {
        String location = context.locations().required(call.body(), kind());
        Hypervisor.Script script = script(call.body());
        String machineId = Json.id(machine);
        if (!power.isRunning(machineId)) {
            throw RunCommands.notRunning();
        }
        busy.begin(machineId);
        ObjectNode resource = existing.orElseGet(() -> ResourceEnvelope.make(kind(), id, location));
        ResourceEnvelope.tags(resource, call.body());
        ObjectNode properties = resource.putObject("properties");
        KEPT.forEach(name -> {
            if (call.body().path("properties").has(name)) {
                properties.set(name, call.body().at("/properties/" + name).deepCopy());
            }
        });
        Json.state(resource, existing.isPresent() ? ProvisioningState.UPDATING : ProvisioningState.CREATING);
        context.store().put(resource);
        Optional<Operations.Operation> failing = context.operations().failing(call, GIVEN_UP);
        if (failing.isPresent()) {
            busy.end(machineId);
            return context.operations()
                    .put(
                            call,
                            failing.get(),
                            existing.isPresent(),
                            view(resource, call),
                            OperationLinks.compute(location));
        }
        boolean dead = context.hook().areAgentsDead();
        CountDownLatch machineThere = context.effects().done();
        Execution execution = Execution.begin(
                () -> {
                    machineThere.await();
                    return dead ? never() : hypervisor.runScript(machineId, script);
                },
                context.clock(),
                () -> busy.end(machineId));
        executions.put(key(id), execution);
        boolean waits = dead || !properties.path("asyncExecution").asBoolean();
        return new CallResult.Work(
                () -> {
                    if (waits && !dead && context.clock().pace() == Pace.INSTANT) {
                        execution.await();
                    }
                    return ArmReply.ok();
                },
                any -> {
                    Operations.Operation operation = context.operations()
                            .begin(call, () -> !waits || execution.hasEnded(), () -> end(resource, execution));
                    return context.operations()
                            .put(
                                    call,
                                    operation,
                                    existing.isPresent(),
                                    view(resource, call),
                                    OperationLinks.compute(location));
                });
    }

    /** A script that is not fetched by the agent. */
    private static Hypervisor.CommandOutput never() throws InterruptedException {
        new CountDownLatch(1).await();
        throw new IllegalStateException("nobody opens it");
    }

    private static void end(ObjectNode resource, Execution execution) {
        boolean asFailure =
                resource.at("/properties/treatFailureAsDeploymentFailure").asBoolean();
        if (asFailure && execution.failed()) {
            Json.state(resource, ProvisioningState.FAILED);
            throw ArmError.conflict(
                    "VMExtensionProvisioningError",
                    "VM has reported a failure when processing extension '" + Json.name(resource) + "'.");
        }
        Json.state(resource, ProvisioningState.SUCCEEDED);
    }

    private static Hypervisor.Script script(JsonNode body) {
        Optional<String> text = Json.text(body, "/properties/source/script");
        if (Json.text(body, "/properties/source/commandId").isPresent()) {
            throw text.isPresent()
                    ? ArmError.badRequest(
                            "InvalidParameterConflictingProperties",
                            "The property 'source.commandId' cannot be used together with property 'source.script'.")
                    : onlyScripts("source.commandId");
        }
        if (Json.text(body, "/properties/source/scriptUri").isPresent()) {
            throw onlyScripts("source.scriptUri");
        }
        Map<String, String> environment = new HashMap<>();
        List<String> arguments = new ArrayList<>();
        for (String list : List.of("parameters", "protectedParameters")) {
            Json.items(body.at("/properties/" + list)).forEach(one -> {
                String name = one.path("name").asText();
                String value = one.path("value").asText();
                if (!value.isEmpty() && name.isEmpty()) {
                    arguments.add(value);
                } else if (!value.isEmpty()) {
                    environment.put(name, value);
                }
            });
        }
        int seconds = body.at("/properties/timeoutInSeconds").asInt();
        return new Hypervisor.Script(
                text.orElseThrow(() -> ArmError.badRequest(
                        "InvalidParameter", "Required parameter 'source.script' is missing (null).")),
                environment,
                arguments,
                Json.text(body, "/properties/runAsUser"),
                seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty());
    }

    private static ArmError onlyScripts(String property) {
        return ArmError.badRequest(
                "InvalidParameter", "The practice cloud knows 'source.script' only, not '" + property + "'.");
    }

    private List<ObjectNode> of(ObjectNode machine) {
        return context.store().under(Json.id(machine)).filter(kind()::isOf).toList();
    }

    @Override
    public ObjectNode view(ObjectNode resource, ArmCall call) {
        ObjectNode shown = resource.deepCopy();
        boolean expand =
                call.query("$expand").filter("instanceView"::equalsIgnoreCase).isPresent();
        Execution execution = executions.get(key(Json.id(resource)));
        if (expand && execution != null) {
            shown.withObject("/properties").set("instanceView", execution.view());
        } else if (expand) {
            // The machine has not fetched it.
            shown.withObject("/properties/instanceView").put("executionState", "Pending");
        }
        return shown;
    }

    @Override
    public ArmReply put(ArmCall call, String id, Optional<ObjectNode> existing) {
        throw ArmError.notFound("'" + call.target().path() + "'");
    }

    /** Stops the script if it runs. */
    @Override
    public ArmReply delete(ArmCall call, ObjectNode existing) {
        Json.state(existing, ProvisioningState.DELETING);
        stop(existing);
        return context.operations()
                .accepted(
                        call,
                        context.operations().begin(call, DELETE, () -> drop(existing)),
                        OperationLinks.compute(Json.location(existing)));
    }

    @Override
    public void drop(ObjectNode existing) {
        if (context.store().find(Json.id(existing)).orElse(null) == existing) {
            stop(existing);
            executions.remove(key(Json.id(existing)));
            context.remove(existing);
        }
    }

    /** Drops those of a machine. */
    void dropAll(ObjectNode machine) {
        of(machine).forEach(this::drop);
    }

    private void stop(ObjectNode existing) {
        Execution execution = executions.get(key(Json.id(existing)));
        if (execution != null) {
            execution.stop();
        }
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
