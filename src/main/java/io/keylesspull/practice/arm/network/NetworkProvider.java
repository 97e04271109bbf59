package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.Locations;
import io.keylesspull.practice.arm.core.ResourceProvider;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.List;
import java.util.function.Predicate;

/** {@code Microsoft.Network}. */
public final class NetworkProvider implements ResourceProvider {

    private final ArmContext context;
    private final AddressQuota quota;
    private final List<ResourceType> types;

    /** @param running whether the machine with an id runs */
    public NetworkProvider(ArmContext context, Predicate<String> running) {
        NetworkResources shared = new NetworkResources(context);
        NetworkLinks links = new NetworkLinks(context.store());
        this.context = context;
        this.quota = new AddressQuota(context);
        this.types = List.of(
                new VirtualNetworkType(shared, links),
                new SecurityGroupType(shared, links),
                new PublicAddressType(context, shared, links, quota),
                new NatGatewayType(shared, links),
                new PrivateEndpointType(context, shared, links),
                new NetworkInterfaceType(context, shared, links, running));
    }

    @Override
    public String namespace() {
        return ResourceKind.VNET.namespace();
    }

    @Override
    public List<ResourceType> types() {
        return types;
    }

    @Override
    public CallResult other(ArmCall call) {
        RequestPath target = call.target();
        if (call.is("GET")
                && target.tail().size() == 3
                && target.isPart(0, "locations")
                && target.isPart(2, "usages")
                && context.locations().has(target.part(1))) {
            context.access()
                    .require(
                            call.caller(),
                            "Microsoft.Network/locations/usages/read",
                            "/subscriptions/" + call.subscription());
            return ArmReply.ok(usages(call, Locations.canonical(target.part(1))));
        }
        return ResourceProvider.super.other(call);
    }

    private JsonNode usages(ArmCall call, String location) {
        ObjectNode list = Json.object();
        ArrayNode usages = list.putArray("value");
        usage(usages, call, location, ResourceKind.VNET, "VirtualNetworks", "Virtual Networks", 1000);
        usage(usages, call, location, ResourceKind.NSG, "NetworkSecurityGroups", "Network Security Groups", 5000);
        usage(usages, call, location, ResourceKind.NIC, "NetworkInterfaces", "Network Interfaces", 65536);
        usage(
                usages,
                call,
                location,
                ResourceKind.PUBLIC_IP,
                "PublicIPAddresses",
                "Public IP Addresses",
                quota.limit());
        usage(
                usages,
                call,
                location,
                ResourceKind.PUBLIC_IP,
                "StaticPublicIPAddresses",
                "Static Public IP Addresses",
                1000);
        usage(
                usages,
                call,
                location,
                ResourceKind.PUBLIC_IP,
                "StandardSkuPublicIpAddresses",
                "Public IP Addresses - Standard",
                quota.limit());
        return list;
    }

    private void usage(
            ArrayNode usages, ArmCall call, String location, ResourceKind kind, String name, String words, int limit) {
        String subscription = "/subscriptions/" + call.subscription();
        long used = context.store()
                .all(kind)
                .filter(resource -> Json.location(resource).equals(location)
                        && ResourceStore.isUnder(Json.id(resource), subscription))
                .count();
        usages.addObject()
                .put("id", subscription + "/providers/Microsoft.Network/locations/" + location + "/usages/" + name)
                .put("unit", "Count")
                .put("currentValue", used)
                .put("limit", limit)
                .putObject("name")
                .put("value", name)
                .put("localizedValue", words);
    }
}
