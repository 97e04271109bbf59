package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.LinkedScopes;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.network.NetworkLinks;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The network interfaces of machines, which are resources of their own. */
final class VmNetwork {

    private final ArmContext context;
    private final NetworkLinks links;

    VmNetwork(ArmContext context) {
        this.context = context;
        this.links = new NetworkLinks(context.store());
    }

    /** The interfaces that a new machine names. They must exist in its region and belong to no other machine. */
    List<ObjectNode> wanted(ArmCall call, String machineId, String location) {
        JsonNode asked = call.body().at("/properties/networkProfile/networkInterfaces");
        if (asked.isEmpty()) {
            throw ArmError.invalidParameter(
                    "networkProfile", "The network profile must name at least one network interface.");
        }
        return Json.items(asked)
                .map(entry -> wanted(
                        call, machineId, location, Json.text(entry, "/id").orElse("")))
                .toList();
    }

    private ObjectNode wanted(ArmCall call, String machineId, String location, String id) {
        ObjectNode nic = context.store()
                .find(ResourceKind.NIC, id)
                .filter(found -> Json.location(found).equals(location))
                .orElseThrow(() -> ArmError.invalidReference(id, machineId));
        LinkedScopes.require(context, call, machineId, "Microsoft.Network/networkInterfaces/join/action", Json.id(nic));
        context.reservations().requireFree(id, machineId);
        links.machineOf(Json.id(nic)).map(Json::id).ifPresent(owner -> {
            throw ArmError.badRequest(
                    "NicInUse",
                    "Network Interface " + Json.id(nic)
                            + " is used by existing resource " + owner
                            + ". To use it elsewhere, take it from there first. "
                            + "To learn more, see aka.ms/deletenic.");
        });
        return nic;
    }

    /** Keeps the interfaces that a machine asks for, since it cannot be made. @param from when that is known */
    void reserve(ArmCall call, String machineId, Instant from) {
        Json.items(call.body().at("/properties/networkProfile/networkInterfaces"))
                .map(Json::id)
                .filter(id -> context.store().find(ResourceKind.NIC, id).isPresent()
                        && links.machineOf(id)
                                .filter(owner -> !ResourceStore.same(Json.id(owner), machineId))
                                .isEmpty())
                .forEach(id -> context.reservations().reserve(id, machineId, from));
    }

    /** The address from which the internet reaches a machine; empty where it has none. */
    Optional<String> publicAddress(ObjectNode nic) {
        return publicIp(nic).flatMap(address -> Json.text(address, "/properties/ipAddress"));
    }

    static String privateAddress(ObjectNode nic) {
        return nic.at("/properties/ipConfigurations/0/properties/privateIPAddress")
                .asText();
    }

    /** The id of the virtual network that a machine is in. */
    static String virtualNetwork(ObjectNode nic) {
        String subnet =
                nic.at("/properties/ipConfigurations/0/properties/subnet/id").asText();
        int cut = subnet.toLowerCase(Locale.ROOT).lastIndexOf("/subnets/");
        return cut < 0 ? subnet : subnet.substring(0, cut);
    }

    /** Deletes the interfaces of a deleted machine that have the delete option. */
    void release(ObjectNode machine) {
        for (JsonNode entry : machine.at("/properties/networkProfile/networkInterfaces")) {
            if (entry.at("/properties/deleteOption").asText().equalsIgnoreCase("Delete")) {
                context.store().find(ResourceKind.NIC, Json.id(entry)).ifPresent(this::remove);
            }
        }
    }

    private void remove(ObjectNode nic) {
        publicIp(nic)
                .filter(address -> deleteOption(nic)
                        .or(() -> Json.text(address, "/properties/deleteOption"))
                        .filter("Delete"::equalsIgnoreCase)
                        .isPresent())
                .ifPresent(this::forget);
        forget(nic);
    }

    private static Optional<String> deleteOption(ObjectNode nic) {
        return Json.text(nic, "/properties/ipConfigurations/0/properties/publicIPAddress/properties/deleteOption");
    }

    private void forget(ObjectNode resource) {
        context.remove(resource);
    }

    private Optional<ObjectNode> publicIp(ObjectNode nic) {
        return Json.text(nic, "/properties/ipConfigurations/0/properties/publicIPAddress/id")
                .flatMap(id -> context.store().find(ResourceKind.PUBLIC_IP, id));
    }
}
