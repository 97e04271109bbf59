package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.protocol.Answer;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.Reply;
import io.keylesspull.practice.machine.Hardware;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code runCommand}: a script as root, one at a time on each machine. Its exit status is not told.
 * Source: learn.microsoft.com/azure/virtual-machines/linux/run-command.
 */
final class RunCommands {

    private static final int KEPT_BYTES = 4096;
    private static final Duration TAKES = Duration.ofSeconds(3);

    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Base base;
    private final Hardware hardware;
    private final MachinePower power;

    RunCommands(Base base, Hardware hardware, MachinePower power) {
        this.base = base;
        this.hardware = hardware;
        this.power = power;
    }

    Answer run(Call call, ObjectNode machine) {
        String id = Json.id(machine);
        List<String> script = script(call);
        if (!power.isRunning(id)) {
            throw notRunning();
        }
        String key = id.toLowerCase(Locale.ROOT);
        if (!busy.add(key)) {
            throw AzureError.conflict("Conflict", "Run command extension execution is in progress. Please wait for "
                    + "completion before invoking a run command.");
        }
        OperationLinks links = OperationLinks.compute(Json.location(machine));
        return new Answer.Work(() -> {
            try {
                return Reply.ok(result(hardware.runCommand(id, script)));
            } catch (IllegalStateException off) {
                throw notRunning();
            } finally {
                busy.remove(key);
            }
        }, done -> base.operations().accepted(call, base.operations().begin(call, TAKES, done::body), links));
    }

    private static List<String> script(Call call) {
        String command = Json.text(call.body(), "/commandId").orElse("");
        if (!command.equalsIgnoreCase("RunShellScript")) {
            throw AzureError.badRequest("InvalidParameter", "The value '" + command + "' of parameter commandId is "
                    + "invalid. The practice cloud knows 'RunShellScript'.");
        }
        List<String> script = Json.items(call.body().path("script")).map(JsonNode::asText).toList();
        if (script.isEmpty()) {
            throw AzureError.badRequest("InvalidParameter", "Required parameter 'script' is missing (null).");
        }
        return script;
    }

    private static AzureError notRunning() {
        return AzureError.conflict("OperationNotAllowed",
                "Cannot modify extensions in the VM when the VM is not running.");
    }

    private static JsonNode result(Hardware.CommandOutput output) {
        ObjectNode result = Json.object();
        result.putArray("value").addObject().put("code", "ProvisioningState/succeeded").put("level", "Info")
                .put("displayStatus", "Provisioning succeeded")
                .put("message", "Enable succeeded: \n[stdout]\n" + last(output.stdout()) + "\n[stderr]\n"
                        + last(output.stderr()));
        return result;
    }

    private static String last(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= KEPT_BYTES ? text : new String(
                Arrays.copyOfRange(bytes, bytes.length - KEPT_BYTES, bytes.length), StandardCharsets.UTF_8);
    }
}
