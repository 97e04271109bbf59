package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.machine.Hypervisor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * {@code runCommand}: runs a script as root, one at a time on each machine. Its exit status is not reported. Source:
 * learn.microsoft.com/azure/virtual-machines/linux/run-command.
 */
final class RunCommands {

    private static final int KEPT_BYTES = 4096;
    private static final Duration TAKES = Duration.ofSeconds(3);

    private final ArmContext context;
    private final Hypervisor hypervisor;
    private final VmPower power;
    private final BusyAgents busy;

    RunCommands(ArmContext context, Hypervisor hypervisor, VmPower power, BusyAgents busy) {
        this.busy = busy;
        this.context = context;
        this.hypervisor = hypervisor;
        this.power = power;
    }

    CallResult run(ArmCall call, ObjectNode machine) {
        String id = Json.id(machine);
        List<String> script = script(call);
        if (!power.isRunning(id)) {
            throw notRunning();
        }
        OperationLinks links = OperationLinks.compute(Json.location(machine));
        if (context.hook().areAgentsDead()) {
            return context.operations().accepted(call, context.operations().begin(call, () -> false, () -> {}), links);
        }
        busy.begin(id);
        CountDownLatch machineThere = context.effects().done();
        return new CallResult.Work(
                () -> {
                    try {
                        machineThere.await();
                        return ArmReply.ok(result(hypervisor.runCommand(id, script)));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw notRunning();
                    } catch (IllegalStateException off) {
                        throw notRunning();
                    } finally {
                        busy.end(id);
                    }
                },
                done -> context.operations()
                        .accepted(call, context.operations().begin(call, TAKES, done::body), links));
    }

    private static List<String> script(ArmCall call) {
        String command = Json.text(call.body(), "/commandId").orElse("");
        if (!command.equalsIgnoreCase("RunShellScript")) {
            throw ArmError.badRequest(
                    "InvalidParameter",
                    "The value '" + command + "' of parameter commandId is "
                            + "invalid. The practice cloud knows 'RunShellScript'.");
        }
        List<String> script =
                Json.items(call.body().path("script")).map(JsonNode::asText).toList();
        if (script.isEmpty()) {
            throw ArmError.badRequest("InvalidParameter", "Required parameter 'script' is missing (null).");
        }
        return script;
    }

    static ArmError notRunning() {
        return ArmError.conflict(
                "OperationNotAllowed", "Cannot modify extensions in the VM when the VM is not running.");
    }

    private static JsonNode result(Hypervisor.CommandOutput output) {
        ObjectNode result = Json.object();
        result.putArray("value")
                .addObject()
                .put("code", "ProvisioningState/succeeded")
                .put("level", "Info")
                .put("displayStatus", "Provisioning succeeded")
                .put(
                        "message",
                        "Enable succeeded: \n[stdout]\n" + last(output.stdout()) + "\n[stderr]\n"
                                + last(output.stderr()));
        return result;
    }

    /** The part of a stream that Azure keeps. */
    static String last(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= KEPT_BYTES
                ? text
                : new String(
                        Arrays.copyOfRange(bytes, bytes.length - KEPT_BYTES, bytes.length), StandardCharsets.UTF_8);
    }
}
