package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ODataFilter;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** What a call sees of a machine, such as its {@code instanceView}. */
final class VmView {

    private static final List<String> STATUS_ONLY = List.of("vmId", "provisioningState", "timeCreated");

    private final ArmContext context;
    private final VmPower power;
    private final PlatformImages images;

    VmView(ArmContext context, VmPower power, PlatformImages images) {
        this.context = context;
        this.power = power;
        this.images = images;
    }

    /**
     * Those of one scale set, if the call filters by it. Lists are expanded only then. Sources: the REST reference of
     * "Virtual Machines - List All", github.com/Azure/azure-rest-api-specs/issues/42411.
     */
    Predicate<ObjectNode> listed(ArmCall call) {
        if (call.query("$expand").isPresent() && call.query("$filter").isEmpty()) {
            throw ArmError.invalidParameter(
                    "$expand",
                    "The $expand option is supported for a list only together with a $filter on "
                            + "'virtualMachineScaleSet/id'.");
        }
        ODataFilter filter = ODataFilter.of(call);
        return machine -> filter.admits(
                "virtualMachineScaleSet/id",
                machine.at("/properties/virtualMachineScaleSet/id").asText());
    }

    /** The machine with or without its instance view, or its status alone, as the call asks. */
    ObjectNode of(ObjectNode machine, ArmCall call) {
        ObjectNode shown = machine.deepCopy();
        boolean statusOnly =
                call.query("statusOnly").filter("true"::equalsIgnoreCase).isPresent();
        if (statusOnly) {
            Json.properties(shown.retain("id", "name", "type", "location", "properties"))
                    .retain(STATUS_ONLY);
            // The service that answers this spells groups in upper case.
            String group = ResourceStore.groupOf(Json.id(machine));
            shown.put("id", Json.id(machine).replace("/" + group + "/", "/" + group.toUpperCase(Locale.ROOT) + "/"));
        }
        if (statusOnly
                || call.query("$expand")
                        .filter(what -> what.toLowerCase(Locale.ROOT).contains("instanceview"))
                        .isPresent()) {
            Json.properties(shown).set("instanceView", instance(machine));
        }
        return shown;
    }

    ObjectNode instance(ObjectNode machine) {
        String state = Json.known(machine, "/properties/provisioningState").toLowerCase(Locale.ROOT);
        String time = context.clock().now().toString();
        ObjectNode view = Json.object();
        if (power.isRunning(Json.id(machine))) {
            view.put("computerName", Json.known(machine, "/properties/osProfile/computerName"));
            images.find(machine.at("/properties/storageProfile/imageReference"))
                    .map(image -> image.release().split("-", 2))
                    .ifPresent(release -> view.put("osName", release[0]).put("osVersion", release[1]));
            view.set("vmAgent", agent(time));
        }
        view.put(
                "hyperVGeneration",
                context.store()
                        .find(
                                ResourceKind.DISK,
                                Json.known(machine, "/properties/storageProfile/osDisk/managedDisk/id"))
                        .flatMap(disk -> Json.text(disk, "/properties/hyperVGeneration"))
                        .orElse("V2"));
        view.putArray("disks")
                .addObject()
                .put("name", Json.known(machine, "/properties/storageProfile/osDisk/name"))
                .putArray("statuses")
                .add(status("ProvisioningState/succeeded", "Provisioning succeeded", time));
        VmPower.State powered = power.of(Json.id(machine));
        view.putArray("statuses")
                .add(status("ProvisioningState/" + state, provisioning(state), time))
                .add(status("PowerState/" + powered, "VM " + powered, time).without(List.of("time")));
        return view;
    }

    private ObjectNode agent(String time) {
        if (context.hook().areAgentsDead()) {
            ObjectNode dead = Json.object().put("vmAgentVersion", "Unknown");
            dead.putArray("statuses")
                    .add(status("ProvisioningState/Unavailable", "Not Ready", time)
                            .put("level", "Warning")
                            .put("message", "VM status blob is found but not yet populated."));
            return dead;
        }
        ObjectNode agent = Json.object().put("vmAgentVersion", "2.15.0.1");
        agent.putArray("extensionHandlers");
        agent.putArray("statuses")
                .add(status("ProvisioningState/succeeded", "Ready", time).put("message", "Guest Agent is running"));
        return agent;
    }

    private static String provisioning(String state) {
        return Map.of("succeeded", "Provisioning succeeded", "failed", "Provisioning failed")
                .getOrDefault(state, state.substring(0, 1).toUpperCase(Locale.ROOT) + state.substring(1));
    }

    private static ObjectNode status(String code, String text, String time) {
        return Json.object()
                .put("code", code)
                .put("level", "Info")
                .put("displayStatus", text)
                .put("time", time);
    }
}
