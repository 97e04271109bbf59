package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceEnvelope;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.ProvisioningState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** PUT and PATCH of an existing machine: its identity, tags and size can change, most other properties cannot. */
final class VmUpdates {

    private static final Duration TAKES = Duration.ofSeconds(10);
    private static final Map<String, String> FIXED = fixed();

    private final ArmContext context;
    private final VmHardware hardware;
    private final VmIdentity identity;
    private final VmPower power;
    private final VmView view;

    VmUpdates(ArmContext context, VmHardware hardware, VmIdentity identity, VmPower power, VmView view) {
        this.context = context;
        this.hardware = hardware;
        this.identity = identity;
        this.power = power;
        this.view = view;
    }

    /** @param merge whether identities are added to the existing ones */
    ArmReply change(ArmCall call, ObjectNode machine, boolean merge) {
        refuseFixed(call.body(), machine);
        Optional<VmSizes.Size> size = newSize(call, machine);
        Consumer<ObjectNode> identify = identity.plan(call, Json.id(machine), Optional.of(machine), merge);
        size.ifPresent(wanted ->
                hardware.requireAvailable(wanted, call.subscription(), Json.location(machine), Json.id(machine)));
        identify.accept(machine);
        ResourceEnvelope.tags(machine, call.body());
        size.ifPresent(wanted -> resize(machine, wanted));
        boolean again =
                !merge && Json.isState(machine, ProvisioningState.FAILED) && power.isDeallocated(Json.id(machine));
        if (Json.isState(machine, ProvisioningState.SUCCEEDED) || Json.isState(machine, ProvisioningState.FAILED)) {
            Json.state(machine, ProvisioningState.UPDATING);
        }
        var operation = context.operations().begin(call, again ? VmPower.CREATE : TAKES, () -> {
            if (Json.isState(machine, ProvisioningState.UPDATING)) {
                Json.state(machine, ProvisioningState.SUCCEEDED);
            }
        });
        if (again && !operation.fails()) {
            // A machine that could not be created starts after a second PUT.
            power.start(Json.id(machine));
        }
        return context.operations()
                .put(
                        call,
                        operation,
                        true,
                        view.of(machine, call),
                        OperationLinks.computeUpdate(Json.location(machine)));
    }

    private void resize(ObjectNode machine, VmSizes.Size size) {
        Json.properties(machine).withObject("/hardwareProfile").put("vmSize", size.name());
        if (power.isRunning(Json.id(machine))) {
            power.restart(Json.id(machine));
        }
    }

    private Optional<VmSizes.Size> newSize(ArmCall call, ObjectNode machine) {
        return Json.text(call.body(), "/properties/hardwareProfile/vmSize")
                .map(name -> hardware.size(call.body()))
                .filter(size -> !size.name().equals(Json.known(machine, "/properties/hardwareProfile/vmSize")));
    }

    private static void refuseFixed(JsonNode body, ObjectNode machine) {
        FIXED.forEach((path, target) -> Json.text(body, path)
                .filter(wanted -> !wanted.equalsIgnoreCase(machine.at(path).asText()))
                .ifPresent(changed -> {
                    throw ArmError.propertyChangeNotAllowed(target);
                }));
        refuseOther(
                body,
                machine,
                "/properties/osProfile/linuxConfiguration/ssh/publicKeys",
                "keyData",
                "linuxConfiguration.ssh.publicKeys");
        refuseOther(
                body,
                machine,
                "/properties/networkProfile/networkInterfaces",
                "id",
                "networkProfile.networkInterfaces");
    }

    private static void refuseOther(JsonNode body, JsonNode machine, String path, String name, String target) {
        if (body.at(path).isArray() && !values(body.at(path), name).equals(values(machine.at(path), name))) {
            throw ArmError.propertyChangeNotAllowed(target);
        }
    }

    private static List<String> values(JsonNode array, String name) {
        return Json.items(array)
                .map(entry -> entry.path(name).asText().strip())
                .map(value -> name.equals("id") ? value.toLowerCase(Locale.ROOT) : value)
                .toList();
    }

    private static Map<String, String> fixed() {
        Map<String, String> fixed = new LinkedHashMap<>();
        for (String part : List.of("publisher", "offer", "sku", "version")) {
            fixed.put("/properties/storageProfile/imageReference/" + part, "imageReference");
        }
        fixed.put("/properties/storageProfile/osDisk/name", "osDisk.name");
        fixed.put("/properties/osProfile/computerName", "osProfile.computerName");
        fixed.put("/properties/osProfile/adminUsername", "osProfile.adminUsername");
        return Map.copyOf(fixed);
    }
}
