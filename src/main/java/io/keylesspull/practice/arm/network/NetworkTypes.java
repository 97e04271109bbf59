package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.Locations;
import io.keylesspull.practice.arm.core.Provider;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.core.Store;
import io.keylesspull.practice.arm.protocol.Answer;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.Kind;
import io.keylesspull.practice.arm.protocol.Reply;
import io.keylesspull.practice.arm.protocol.Target;
import java.util.List;

/** {@code Microsoft.Network}. */
public final class NetworkTypes implements Provider {

    private final Base base;
    private final List<ResourceType> types;

    public NetworkTypes(Base base) {
        NetworkResources shared = new NetworkResources(base);
        NetworkLinks links = new NetworkLinks(base.store());
        this.base = base;
        this.types = List.of(new VirtualNetworks(shared, links), new SecurityGroups(shared, links),
                new PublicAddresses(base, shared, links), new NetworkInterfaces(shared, links));
    }

    @Override
    public String namespace() {
        return Kind.VNET.namespace();
    }

    @Override
    public List<ResourceType> types() {
        return types;
    }

    @Override
    public Answer other(Call call) {
        Target target = call.target();
        if (call.is("GET") && target.tail().size() == 3 && target.isPart(0, "locations")
                && target.isPart(2, "usages") && base.locations().has(target.part(1))) {
            base.access().require(call.caller(), "Microsoft.Network/locations/usages/read",
                    "/subscriptions/" + call.subscription());
            return Reply.ok(usages(call, Locations.canonical(target.part(1))));
        }
        return Provider.super.other(call);
    }

    private JsonNode usages(Call call, String location) {
        ObjectNode list = Json.object();
        ArrayNode usages = list.putArray("value");
        usage(usages, call, location, Kind.VNET, "VirtualNetworks", "Virtual Networks", 1000);
        usage(usages, call, location, Kind.NSG, "NetworkSecurityGroups", "Network Security Groups", 5000);
        usage(usages, call, location, Kind.NIC, "NetworkInterfaces", "Network Interfaces", 65536);
        usage(usages, call, location, Kind.PUBLIC_IP, "PublicIPAddresses", "Public IP Addresses", 1000);
        usage(usages, call, location, Kind.PUBLIC_IP, "StaticPublicIPAddresses", "Static Public IP Addresses", 1000);
        usage(usages, call, location, Kind.PUBLIC_IP, "StandardSkuPublicIpAddresses",
                "Public IP Addresses - Standard", 20);
        return list;
    }

    private void usage(ArrayNode usages, Call call, String location, Kind kind, String name, String words, int limit) {
        String subscription = "/subscriptions/" + call.subscription();
        long used = base.store().all(kind).filter(resource -> Json.location(resource).equals(location)
                && Store.isUnder(Json.id(resource), subscription)).count();
        usages.addObject().put("id", subscription + "/providers/Microsoft.Network/locations/" + location
                        + "/usages/" + name)
                .put("unit", "Count").put("currentValue", used).put("limit", limit)
                .putObject("name").put("value", name).put("localizedValue", words);
    }
}
