package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.Resources;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** PUT and PATCH of a machine that is there: identity, tags and size may change, most of the rest may not. */
final class MachineChanges {

    private static final Duration TAKES = Duration.ofSeconds(10);
    private static final Map<String, String> FIXED = fixed();

    private final Base base;
    private final MachineHardware hardware;
    private final MachineIdentity identity;
    private final MachinePower power;
    private final MachineView view;

    MachineChanges(Base base, MachineHardware hardware, MachineIdentity identity, MachinePower power,
                   MachineView view) {
        this.base = base;
        this.hardware = hardware;
        this.identity = identity;
        this.power = power;
        this.view = view;
    }

    /** @param merge whether identities are added to those that are there */
    Reply change(Call call, ObjectNode machine, boolean merge) {
        refuseFixed(call.body(), machine);
        Optional<Sizes.Size> size = newSize(call, machine);
        Consumer<ObjectNode> identify = identity.plan(call, Json.id(machine), Optional.of(machine), merge);
        size.ifPresent(wanted -> hardware.requireAvailable(wanted, call.subscription(), Json.location(machine),
                Json.id(machine)));
        identify.accept(machine);
        Resources.tags(machine, call.body());
        size.ifPresent(wanted -> resize(machine, wanted));
        boolean again = !merge && is(machine, "Failed") && power.isDeallocated(Json.id(machine));
        if (is(machine, "Succeeded") || is(machine, "Failed")) {
            Json.state(machine, "Updating");
        }
        var operation = base.operations().begin(call, again ? MachinePower.CREATE : TAKES, () -> {
            if (is(machine, "Updating")) {
                Json.state(machine, "Succeeded");
            }
        });
        if (again && !operation.fails()) {
            // A machine that could not be made, asked for again, comes up after all.
            power.start(Json.id(machine));
        }
        return base.operations().put(call, operation, true, view.of(machine, call),
                OperationLinks.compute(Json.location(machine)));
    }

    private void resize(ObjectNode machine, Sizes.Size size) {
        Json.properties(machine).withObject("/hardwareProfile").put("vmSize", size.name());
        if (power.isRunning(Json.id(machine))) {
            power.restart(Json.id(machine));
        }
    }

    private Optional<Sizes.Size> newSize(Call call, ObjectNode machine) {
        return Json.text(call.body(), "/properties/hardwareProfile/vmSize").map(name -> hardware.size(call.body()))
                .filter(size -> !size.name().equals(Json.known(machine, "/properties/hardwareProfile/vmSize")));
    }

    private static void refuseFixed(JsonNode body, ObjectNode machine) {
        FIXED.forEach((path, target) -> Json.text(body, path)
                .filter(wanted -> !wanted.equalsIgnoreCase(machine.at(path).asText())).ifPresent(changed -> {
                    throw AzureError.propertyChangeNotAllowed(target);
                }));
        refuseOther(body, machine, "/properties/osProfile/linuxConfiguration/ssh/publicKeys", "keyData",
                "linuxConfiguration.ssh.publicKeys");
        refuseOther(body, machine, "/properties/networkProfile/networkInterfaces", "id",
                "networkProfile.networkInterfaces");
    }

    private static void refuseOther(JsonNode body, JsonNode machine, String path, String name, String target) {
        if (body.at(path).isArray() && !values(body.at(path), name).equals(values(machine.at(path), name))) {
            throw AzureError.propertyChangeNotAllowed(target);
        }
    }

    private static List<String> values(JsonNode array, String name) {
        return Json.items(array).map(entry -> entry.path(name).asText().strip())
                .map(value -> name.equals("id") ? value.toLowerCase(Locale.ROOT) : value).toList();
    }

    private static boolean is(ObjectNode machine, String state) {
        return Json.known(machine, "/properties/provisioningState").equals(state);
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
