package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.ProvisioningState;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** {@code Microsoft.Network/networkInterfaces}: created at once, as in Azure. */
final class NetworkInterfaceType implements ResourceType {

    private static final Duration EFFECTIVE_RULES = Duration.ofSeconds(5);

    private final ArmContext context;
    private final NetworkResources shared;
    private final NetworkLinks links;
    private final Predicate<String> running;

    /** @param running whether the machine with an id runs */
    NetworkInterfaceType(ArmContext context, NetworkResources shared, NetworkLinks links, Predicate<String> running) {
        this.context = context;
        this.shared = shared;
        this.links = links;
        this.running = running;
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.NIC;
    }

    @Override
    public ArmReply put(ArmCall call, String id, Optional<ObjectNode> existing) {
        ObjectNode nic = shared.begin(call, ResourceKind.NIC, id, existing);
        JsonNode wanted = call.body().path("properties");
        ObjectNode properties = Json.properties(nic);
        JsonNode before = properties.path("ipConfigurations").deepCopy();
        properties.remove("networkSecurityGroup");
        Json.text(wanted, "/networkSecurityGroup/id")
                .ifPresent(group -> properties.set(
                        "networkSecurityGroup",
                        Json.reference(Json.id(shared.referenced(ResourceKind.NSG, group, nic)))));
        if (wanted.path("ipConfigurations").isEmpty()) {
            throw ArmError.badRequest(
                    "NetworkInterfaceMustHaveIpConfiguration",
                    "Network interface " + id + " must have one or more IP configurations.");
        }
        ArrayNode configurations = properties.putArray("ipConfigurations");
        for (JsonNode configuration : wanted.get("ipConfigurations")) {
            configurations.add(configuration(nic, configuration, before, configurations));
        }
        properties.withObject("/dnsSettings").withArray("/dnsServers");
        properties
                .put(
                        "enableAcceleratedNetworking",
                        wanted.path("enableAcceleratedNetworking").asBoolean())
                .put("enableIPForwarding", wanted.path("enableIPForwarding").asBoolean())
                .put("nicType", "Standard");
        shared.keep(nic, ProvisioningState.SUCCEEDED);
        return ArmReply.put(existing.isPresent(), view(nic, call));
    }

    @Override
    public ArmReply delete(ArmCall call, ObjectNode existing) {
        links.machineOf(Json.id(existing)).ifPresent(machine -> {
            throw ArmError.badRequest(
                    "NicInUse",
                    "Network Interface " + Json.id(existing) + " is used by existing "
                            + "resource " + Json.id(machine) + ". In order to delete the network interface, it must be "
                            + "dissociated from the resource. To learn more, see aka.ms/deletenic.");
        });
        context.reservations().requireFree(Json.id(existing), "");
        return shared.deleted(call, existing);
    }

    @Override
    public void drop(ObjectNode existing) {
        shared.drop(existing);
    }

    @Override
    public ObjectNode view(ObjectNode resource, ArmCall call) {
        ObjectNode shown = resource.deepCopy();
        ObjectNode properties = Json.properties(shown);
        properties.remove("virtualMachine");
        links.machineOf(Json.id(resource))
                .ifPresent(machine -> properties
                        .put("primary", true)
                        .put("macAddress", macAddress(resource))
                        .set("virtualMachine", Json.reference(Json.id(machine))));
        return shown;
    }

    /** The rules that hold for it. The code of the refusal is an assumption. */
    @Override
    public CallResult below(ArmCall call, ObjectNode nic) {
        if (!call.target().isPart(2, "effectiveNetworkSecurityGroups")) {
            throw ArmError.notFound("'" + call.target().path() + "'");
        }
        if (!call.is("POST")) {
            throw ArmError.methodNotAllowed(call.method());
        }
        if (links.machineOf(Json.id(nic)).map(Json::id).filter(running).isEmpty()) {
            throw ArmError.badRequest(
                    "NetworkInterfaceNotAttachedToRunningVm",
                    "Network interface " + Json.id(nic) + " must be attached to a running virtual machine.");
        }
        JsonNode rules = new EffectiveRules(context.store(), links).of(nic);
        return context.operations()
                .accepted(
                        call,
                        context.operations().begin(call, EFFECTIVE_RULES, () -> rules),
                        OperationLinks.network(Json.location(nic)));
    }

    /** One of Microsoft's, always the same for an interface. */
    private static String macAddress(ObjectNode nic) {
        String guid = Json.known(nic, "/properties/resourceGuid").toUpperCase(Locale.ROOT);
        return "00-0D-3A-" + guid.substring(0, 2) + "-" + guid.substring(2, 4) + "-" + guid.substring(4, 6);
    }

    private ObjectNode configuration(ObjectNode nic, JsonNode wanted, JsonNode before, ArrayNode siblings) {
        String name = wanted.path("name").asText();
        NetworkResources.requireValidName(name);
        String id = Json.id(nic) + "/ipConfigurations/" + name;
        JsonNode subnet = subnet(nic, wanted);
        ObjectNode configuration = Json.object()
                .put("id", id)
                .put("name", name)
                .put("type", ResourceKind.NIC.type() + "/ipConfigurations");
        boolean isStatic =
                wanted.at("/properties/privateIPAllocationMethod").asText().equalsIgnoreCase("Static");
        ObjectNode properties = configuration
                .putObject("properties")
                .put("provisioningState", "Succeeded")
                .put("privateIPAddress", privateAddress(nic, wanted, subnet, before, siblings))
                .put("privateIPAllocationMethod", isStatic ? "Static" : "Dynamic")
                .put("privateIPAddressVersion", "IPv4")
                .put("primary", wanted.at("/properties/primary").asBoolean(siblings.isEmpty()));
        properties.set("subnet", Json.reference(Json.id(subnet)));
        JsonNode address = wanted.at("/properties/publicIPAddress");
        if (Json.text(address, "/id").isPresent()) {
            ObjectNode reference = Json.reference(publicAddress(nic, Json.known(address, "/id"), id, siblings));
            Json.text(address, "/properties/deleteOption")
                    .ifPresent(option -> reference.putObject("properties").put("deleteOption", option));
            properties.set("publicIPAddress", reference);
        }
        return configuration;
    }

    private JsonNode subnet(ObjectNode nic, JsonNode wanted) {
        String id = Json.text(wanted, "/properties/subnet/id")
                .orElseThrow(() -> ArmError.badRequest(
                        "SubnetIsRequired",
                        "Subnet is required for IP configuration "
                                + wanted.path("name").asText() + " of network interface " + Json.id(nic) + "."));
        return links.networkOf(id)
                .filter(network -> Json.location(network).equals(Json.location(nic)))
                .flatMap(network -> links.subnet(id))
                .orElseThrow(() -> ArmError.invalidReference(id, Json.id(nic)));
    }

    private String publicAddress(ObjectNode nic, String address, String configurationId, ArrayNode siblings) {
        String id = Json.id(shared.referenced(ResourceKind.PUBLIC_IP, address, nic));
        Optional<String> user = links.withPublicAddress(id)
                .map(Json::id)
                .filter(other -> !ResourceStore.isUnder(other, Json.id(nic)))
                .or(() -> Json.items(siblings)
                        .filter(sibling -> Json.text(sibling, "/properties/publicIPAddress/id")
                                .filter(id::equals)
                                .isPresent())
                        .map(Json::id)
                        .findFirst());
        user.ifPresent(other -> {
            throw ArmError.badRequest(
                    "PublicIPAddressInUse",
                    "Resource " + configurationId + " is referencing " + "public IP address " + id
                            + " that is already allocated to resource " + other + ".");
        });
        return id;
    }

    /** The requested address, the previous one, or the lowest free one. */
    private String privateAddress(
            ObjectNode nic, JsonNode wanted, JsonNode subnet, JsonNode before, ArrayNode siblings) {
        CidrBlock block = NetworkLinks.prefix(subnet)
                .flatMap(CidrBlock::of)
                .orElseThrow(() -> new IllegalStateException("No addresses in " + Json.id(subnet)));
        Set<String> taken = links.inSubnet(Json.id(subnet))
                .filter(other -> !ResourceStore.isUnder(Json.id(other), Json.id(nic)))
                .map(NetworkInterfaceType::address)
                .collect(Collectors.toSet());
        Json.items(siblings).map(NetworkInterfaceType::address).forEach(taken::add);
        if (wanted.at("/properties/privateIPAllocationMethod").asText().equalsIgnoreCase("Static")) {
            return asked(wanted, block, taken);
        }
        return Json.items(before)
                .filter(old -> Json.name(old).equalsIgnoreCase(Json.name(wanted)))
                .map(NetworkInterfaceType::address)
                .filter(block::contains)
                .findFirst()
                .or(() -> block.usable()
                        .filter(address -> !taken.contains(address))
                        .findFirst())
                .orElseThrow(() -> ArmError.badRequest(
                        "SubnetIsFull",
                        "Subnet " + Json.name(subnet) + " with address prefix " + block
                                + " does not have enough capacity for 1 IP addresses."));
    }

    private static String asked(JsonNode wanted, CidrBlock block, Set<String> taken) {
        String address = wanted.at("/properties/privateIPAddress").asText();
        if (block.usable().noneMatch(address::equals)) {
            throw ArmError.badRequest(
                    "PrivateIPAddressNotInSubnet",
                    "Private static IP address " + address + " does not belong to the usable range of subnet prefix "
                            + block + ".");
        }
        if (taken.contains(address)) {
            throw ArmError.badRequest(
                    "PrivateIPAddressIsAllocated",
                    "IP configuration is using the private IP address " + address + " which is already allocated.");
        }
        return address;
    }

    private static String address(JsonNode configuration) {
        return configuration.at("/properties/privateIPAddress").asText();
    }
}
