package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.LinkedScopes;
import io.keylesspull.practice.arm.network.NetworkLinks;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.Kind;
import java.util.List;
import java.util.Optional;

/** The network interfaces of machines, which are resources of their own: looked up, and let go of. */
final class MachineNetwork {

    private final Base base;
    private final NetworkLinks links;

    MachineNetwork(Base base) {
        this.base = base;
        this.links = new NetworkLinks(base.store());
    }

    /** The interfaces a new machine asks for: they exist, in its region, and no other machine has them. */
    List<ObjectNode> wanted(Call call, String machineId, String location) {
        JsonNode asked = call.body().at("/properties/networkProfile/networkInterfaces");
        if (asked.isEmpty()) {
            throw AzureError.invalidParameter("networkProfile",
                    "The network profile must name at least one network interface.");
        }
        return Json.items(asked).map(entry -> wanted(call, machineId, location,
                Json.text(entry, "/id").orElse(""))).toList();
    }

    private ObjectNode wanted(Call call, String machineId, String location, String id) {
        ObjectNode nic = base.store().find(Kind.NIC, id).filter(found -> Json.location(found).equals(location))
                .orElseThrow(() -> AzureError.invalidReference(id, machineId));
        LinkedScopes.require(base, call, machineId, "Microsoft.Network/networkInterfaces/join/action", Json.id(nic));
        links.machineOf(Json.id(nic)).map(Json::id).ifPresent(owner -> {
            throw AzureError.badRequest("NicInUse", "Network Interface " + Json.id(nic)
                    + " is used by existing resource " + owner + ". To use it elsewhere, take it from there first. "
                    + "To learn more, see aka.ms/deletenic.");
        });
        return nic;
    }

    /** The address from which the internet reaches a machine; empty where it has none. */
    Optional<String> publicAddress(ObjectNode nic) {
        return publicIp(nic).flatMap(address -> Json.text(address, "/properties/ipAddress"));
    }

    /** Takes away those interfaces of a machine that is gone that were made to go with it. */
    void release(ObjectNode machine) {
        for (JsonNode entry : machine.at("/properties/networkProfile/networkInterfaces")) {
            if (entry.at("/properties/deleteOption").asText().equalsIgnoreCase("Delete")) {
                base.store().find(Kind.NIC, Json.id(entry)).ifPresent(this::remove);
            }
        }
    }

    private void remove(ObjectNode nic) {
        publicIp(nic).filter(address -> deleteOption(nic).or(() -> Json.text(address, "/properties/deleteOption"))
                .filter("Delete"::equalsIgnoreCase).isPresent()).ifPresent(this::forget);
        forget(nic);
    }

    private static Optional<String> deleteOption(ObjectNode nic) {
        return Json.text(nic, "/properties/ipConfigurations/0/properties/publicIPAddress/properties/deleteOption");
    }

    private void forget(ObjectNode resource) {
        base.store().remove(Json.id(resource));
        base.access().forget(Json.id(resource));
    }

    private Optional<ObjectNode> publicIp(ObjectNode nic) {
        return Json.text(nic, "/properties/ipConfigurations/0/properties/publicIPAddress/id")
                .flatMap(id -> base.store().find(Kind.PUBLIC_IP, id));
    }
}
